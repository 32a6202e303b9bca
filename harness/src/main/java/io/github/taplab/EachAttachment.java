package io.github.taplab;

import io.github.taplab.spec.Attachment;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class once for each attachment, each time with a lab of its own, whatever attachment its guests declare.
 *
 * <p>The setting {@code taplab.attachments}, such as {@code DIRECT,QEMU}, restricts a run to some of them.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ClassTemplate
@ExtendWith(AttachmentInvocations.class)
@API(status = Status.STABLE, since = "0.1.0")
public @interface EachAttachment {

    /** Which; by default those with a macvtap. */
    Attachment[] value() default {Attachment.DIRECT, Attachment.PRE_CREATED, Attachment.QEMU};
}
