package io.github.taplab.samples.experiment;

import io.github.taplab.EachAttachment;
import io.github.taplab.spec.Attachment;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;

/** The document's spec several times over, so that several of it can run side by side, with all attachments. */
public final class SoakedSpecs {

    private SoakedSpecs() {}

    /** The classes, the attachments in turn. */
    public static List<Class<?>> all() {
        return Stream.<Class<?>>of(SoakedSpecs.class.getDeclaredClasses())
                .sorted(Comparator.comparing(Class::getSimpleName))
                .toList();
    }

    @Disabled("run by ci/soak")
    @EachAttachment(Attachment.DIRECT)
    static final class Run1Direct extends DuplicateIpTests {}

    @Disabled("run by ci/soak")
    @EachAttachment(Attachment.PRE_CREATED)
    static final class Run2PreCreated extends DuplicateIpTests {}

    @Disabled("run by ci/soak")
    @EachAttachment(Attachment.QEMU)
    static final class Run3Qemu extends DuplicateIpTests {}

    @Disabled("run by ci/soak")
    @EachAttachment(Attachment.BRIDGE)
    static final class Run4Bridge extends DuplicateIpTests {}

    @Disabled("run by ci/soak")
    @EachAttachment(Attachment.DIRECT)
    static final class Run5Direct extends DuplicateIpTests {}

    @Disabled("run by ci/soak")
    @EachAttachment(Attachment.PRE_CREATED)
    static final class Run6PreCreated extends DuplicateIpTests {}

    @Disabled("run by ci/soak")
    @EachAttachment(Attachment.QEMU)
    static final class Run7Qemu extends DuplicateIpTests {}

    @Disabled("run by ci/soak")
    @EachAttachment(Attachment.BRIDGE)
    static final class Run8Bridge extends DuplicateIpTests {}
}
