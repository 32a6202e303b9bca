package io.github.taplab.internal.report;

import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import org.jspecify.annotations.Nullable;

/** Escapes for HTML whatever a template prints, after it has made it {@linkplain VisibleText visible}. */
final class VisibleOutput extends OwaspHtmlTemplateOutput {

    VisibleOutput(TemplateOutput html) {
        super(html);
    }

    @Override
    public void writeUserContent(@Nullable String text) {
        if (text != null) {
            super.writeUserContent(VisibleText.of(text));
        }
    }
}
