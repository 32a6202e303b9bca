package io.github.taplab.internal.doctor;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.SettingNames;
import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.EngineAbout;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.image.LabImage;
import io.github.taplab.internal.libvirt.LibvirtEvents;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.preflight.Preflight;
import io.github.taplab.internal.session.Owner;
import io.github.taplab.internal.stock.Stock;
import io.github.taplab.internal.wait.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at all that a lab needs, as a lab does it, and changes nothing: no image is built. Whoever is silent is given
 * up early, so that each look ends within 15 s.
 */
public final class Doctor {

    private static final String ENGINE = "Docker engine";
    private static final String LIBRARY = "libvirt's client library";
    private static final String SETTINGS = "Settings";
    private static final Duration CONNECT = Duration.ofSeconds(11);
    private static final Duration ANSWER = Duration.ofSeconds(8);
    private static final Duration LOOK = Duration.ofSeconds(12);
    // A guest's boot under KVM has ten seconds, and what runs it some more.
    private static final Duration KVM_TRIAL = Duration.ofSeconds(45);

    private final SettingSource source;
    private final String user = System.getProperty("user.name", "this user");
    private final Consumer<String> progress;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * A look at this machine.
     *
     * @param progress told what takes long
     */
    public Doctor(SettingSource source, Consumer<String> progress) {
        this.source = source;
        this.progress = progress;
    }

    /** What is found, in an order in which it can be read. */
    public List<Finding> examine() {
        findings.clear();
        findings.add(java());
        findings.add(library());
        Optional<Settings> settings = settings();
        List<EngineName> engines = settings.map(Settings::engines).orElse(List.of(new EngineName.Local()));
        if (engines.size() == 1) {
            findings.addAll(examined(engines.get(0), settings));
        } else {
            engines.forEach(name -> examined(name, settings).forEach(finding -> findings.add(finding.of(name))));
        }
        settings.map(Settings::cache).map(CacheFinding::of).ifPresent(findings::add);
        return List.copyOf(findings);
    }

    private List<Finding> examined(EngineName name, Optional<Settings> settings) {
        List<Finding> seen = new ArrayList<>();
        engine(name, seen).ifPresent(docker -> {
            try {
                settings.ifPresentOrElse(known -> host(docker, known, seen), () -> seen.addAll(about(docker)));
            } catch (RuntimeException silent) {
                seen.add(Finding.missing(
                        ENGINE,
                        message(silent),
                        "see what the engine's log says, or name another engine in " + SettingNames.ENGINES));
            } finally {
                close(docker);
            }
        });
        return seen;
    }

    private static Finding java() {
        return Finding.ok(
                "Java",
                "%s, %s, %s"
                        .formatted(
                                Runtime.version(), System.getProperty("java.vendor"), System.getProperty("java.home")));
    }

    private static Finding library() {
        try {
            Waiting.call("libvirt's client library is loaded", LOOK, () -> {
                LibvirtEvents.ensureRunning();
                return true;
            });
            return Finding.ok(LIBRARY, "it can be loaded");
        } catch (LabUnavailableException e) {
            return Finding.missing(LIBRARY, message(e), ": ", "");
        } catch (RuntimeException e) {
            return Finding.missing(LIBRARY, message(e), "install it anew");
        }
    }

    private Optional<Settings> settings() {
        try {
            return Optional.of(Settings.read(source));
        } catch (IllegalArgumentException e) {
            findings.add(Finding.missing(SETTINGS, message(e), "correct it, or leave it out"));
            return Optional.empty();
        }
    }

    private Optional<DockerEngine> engine(EngineName name, List<Finding> seen) {
        Optional<Finding> rights = socket(name).filter(EngineSocket::isThere).map(socket -> socket.rights(user));
        try {
            DockerEngine docker = DockerEngine.connect(name, CONNECT, ANSWER);
            // One that was found elsewhere needs no usual socket.
            rights.filter(finding -> finding.grade() == Finding.Grade.OK).ifPresent(seen::add);
            return Optional.of(docker);
        } catch (LabUnavailableException e) {
            boolean denied = rights.filter(finding -> finding.grade() == Finding.Grade.MISSING)
                    .isPresent();
            seen.add(EngineFailure.of(e, denied));
            rights.ifPresent(seen::add);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            seen.add(Finding.missing(ENGINE, message(e), "correct " + SettingNames.ENGINES));
            return Optional.empty();
        }
    }

    private static Optional<EngineSocket> socket(EngineName name) {
        if (name instanceof EngineName.Local) {
            return EngineSocket.of(Objects.requireNonNullElse(System.getenv("DOCKER_HOST"), ""));
        }
        return name instanceof EngineName.At ? EngineSocket.of(name.toString()) : Optional.empty();
    }

    private static List<Finding> about(DockerEngine docker) {
        return HostFindings.of(docker.about(), docker.description());
    }

    private void host(DockerEngine docker, Settings settings, List<Finding> seen) {
        EngineAbout about = docker.about();
        seen.addAll(HostFindings.of(about, docker.description()));
        BuiltImages images = new BuiltImages(settings);
        Optional<LabImage> image;
        try {
            image = images.presentLab(docker);
        } catch (LabUnavailableException wrong) {
            seen.add(Finding.missing("Lab image", message(wrong), ": ", ""));
            return;
        }
        seen.add(StockFindings.labImage(image.map(LabImage::tag).orElseGet(images::wantedLab), image.isPresent()));
        if (image.isPresent()) {
            seen.addAll(looked(docker, image.get().id(), settings));
        } else {
            seen.addAll(HostFindings.of(about, LocalKernel.read(Path.of("/"))));
        }
        seen.addAll(StockFindings.of(new Stock(settings).on(docker, false)));
    }

    private List<Finding> looked(DockerEngine docker, String image, Settings settings) {
        Preflight preflight = new Preflight(docker, image, settings.cache(), progress);
        try {
            // First without a trial of KVM, which takes as long as a guest's boot: then whoever is silent is known.
            HostFacts without = look(preflight, Settings.Acceleration.TCG, LOOK);
            return HostFindings.of(
                    settings.acceleration() == Settings.Acceleration.TCG
                            ? without
                            : look(preflight, settings.acceleration(), KVM_TRIAL));
        } catch (LabUnavailableException e) {
            return List.of(Finding.missing(HostFindings.MACVTAP, message(e), ". ", ""));
        } catch (DeadlineExceededException | IllegalStateException e) {
            return List.of(Finding.missing(
                    "A container",
                    message(e),
                    "see what the engine's log says, or name another engine in " + SettingNames.ENGINES));
        }
    }

    private static HostFacts look(Preflight preflight, Settings.Acceleration wanted, Duration deadline) {
        Owner owner = Owner.thisProcess();
        return Waiting.call(
                "a container of the lab image looks at the Docker host",
                deadline,
                () -> preflight.look(owner.resourceName("doctor"), owner.labels("doctor"), wanted));
    }

    // What is known by now counts.
    private static void close(DockerEngine docker) {
        try {
            docker.close();
        } catch (RuntimeException silent) {
            return;
        }
    }

    private static String message(Exception failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }
}
