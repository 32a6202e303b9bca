package io.github.taplab;

import io.github.taplab.internal.config.SettingNames;
import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.Quoted;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Invokes a class with {@link EachAttachment} once for each of its attachments. */
final class AttachmentInvocations implements ClassTemplateInvocationContextProvider {

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return declared(context).isPresent();
    }

    @Override
    public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
        Set<Attachment> wanted = SettingSource.of(context::getConfigurationParameter)
                .get(SettingNames.ATTACHMENTS)
                .map(AttachmentInvocations::named)
                .orElseGet(() -> EnumSet.allOf(Attachment.class));
        return declared(context).stream()
                .flatMap(each -> Stream.of(each.value()))
                .distinct()
                .filter(wanted::contains)
                .map(Invocation::new);
    }

    /** A run may be restricted to attachments that a class does not declare. */
    @Override
    public boolean mayReturnZeroClassTemplateInvocationContexts(ExtensionContext context) {
        return true;
    }

    private static Optional<EachAttachment> declared(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getRequiredTestClass(), EachAttachment.class);
    }

    private static Set<Attachment> named(String names) {
        Set<Attachment> wanted = EnumSet.noneOf(Attachment.class);
        for (String name : names.split(",", -1)) {
            wanted.add(Stream.of(Attachment.values())
                    .filter(attachment -> attachment.name().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new ExtensionConfigurationException("%s = %s, there are %s"
                            .formatted(
                                    SettingNames.ATTACHMENTS,
                                    Quoted.of(names),
                                    Arrays.toString(Attachment.values())))));
        }
        return wanted;
    }

    private record Invocation(Attachment attachment) implements ClassTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocationIndex) {
            return "attachment " + attachment;
        }

        @Override
        public void prepareInvocation(ExtensionContext context) {
            context.getStore(LabLifecycle.NAMESPACE).put(Attachment.class, attachment);
        }
    }
}
