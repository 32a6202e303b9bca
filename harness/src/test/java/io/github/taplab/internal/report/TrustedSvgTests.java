package io.github.taplab.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedSvgTests {

    @Test
    void shapesAndTextMayStandInThePage() {
        assertThat(TrustedSvg.problem("""
                        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img"><title>a &lt; b</title>
                        <g class="wrong"><path d="M0 0h9" stroke="#e0353a"/><text x="1">198.18.0.2 &lt;script></text></g>
                        <use href="#arrow"/><rect fill="url(#dots)"/></svg>
                        """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<script>1</script> | it has an element script",
                "<foreignObject/> | it has an element foreignObject",
                "<style>*{}</style> | it has an element style",
                "<image/> | it has an element image",
                "<a href='https://example.com'/> | it has an element a",
                "<animate attributeName='href'/> | it has an element animate",
                "<g onload='1'/> | it has an attribute onload",
                "<g ONLOAD='1'/> | it has an attribute onload",
                "<g style='fill:red'/> | it has an attribute style",
                "<use href='https://example.com/x.svg#a'/> | it has an attribute href",
                "<use xmlns:x='http://www.w3.org/1999/xlink' x:href='javascript:1'/> | it has an attribute href",
                "<rect fill='url(https://example.com)'/> | it has an attribute fill",
                "<g><![CDATA[</svg><script>1</script>]]></g> | it has more than elements and text",
                "<!-- --> | it has more than elements and text",
                "<?php ?> | it has more than elements and text",
                "<g> | it is not well-formed",
                "& | it is not well-formed"
            })
    void whatCouldDoMoreMayNot(String inside, String problem) {
        assertThat(TrustedSvg.problem("<svg xmlns=\"http://www.w3.org/2000/svg\">" + inside + "</svg>"))
                .contains(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "<svg/><script/>", "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg>&a;</svg>"})
    void whatIsNoPictureMayNot(String text) {
        assertThat(TrustedSvg.problem(text)).isPresent();
    }

    @Test
    void anotherRootMayNot() {
        assertThat(TrustedSvg.problem("<g/>")).contains("it is no SVG");
    }
}
