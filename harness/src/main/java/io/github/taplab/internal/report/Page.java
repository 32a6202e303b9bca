package io.github.taplab.internal.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;

/**
 * The page of HTML that tells a run.
 *
 * @param failures what failed, in the order of the page
 */
public record Page(RunReport report, PageAssets assets, List<Moment> failures) {

    /** The page as text. */
    static String of(RunReport report) {
        TemplateEngine templates = TemplateEngine.createPrecompiled(
                null, ContentType.Html, Page.class.getClassLoader(), Page.class.getPackageName() + ".template");
        StringOutput html = new StringOutput();
        templates.render("page.jte", new Page(report, PageAssets.read(), Moment.of(report)), new VisibleOutput(html));
        return Inlined.withModel(html.toString(), report);
    }
}
