package io.github.taplab;

import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.spec.Attachment;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
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
        Set<Attachment> wanted = Settings.attachments(SettingSource.of(context::getConfigurationParameter));
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
