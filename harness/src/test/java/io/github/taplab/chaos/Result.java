package io.github.taplab.chaos;

/** A round, what came of it, and what the judge says. */
record Result(Round round, Outcome outcome, Judgement judgement) {}
