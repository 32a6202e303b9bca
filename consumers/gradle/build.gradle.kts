// For Gradle 8.5 and later. ci/consumers does not build this: the only Gradle that can be had from where the project
// gets its tools is Debian's 4.4.1, which knows no JUnit Platform, and Gradle's own downloads are no such place.
plugins {
    java
}

java {
    sourceCompatibility = JavaVersion.VERSION_17
    targetCompatibility = JavaVersion.VERSION_17
}

repositories {
    mavenCentral()
}

dependencies {
    testImplementation("io.github.taplab:taplab:0.1.0-SNAPSHOT")
    testImplementation("org.junit.jupiter:junit-jupiter:5.14.4")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher:1.14.4")
}

tasks.test {
    // The page of the run is build/taplab/report.html, and what was published of a failure in build/junit-jupiter.
    useJUnitPlatform()
    // What is under test, an engine and a network, is none of the task's inputs: never up to date.
    outputs.upToDateWhen { false }
    // [[ATTACHMENT|...]] lines are for CI servers, which read them in the XML report or on standard output.
    testLogging.showStandardStreams = true
}
