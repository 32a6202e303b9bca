rootProject.name = "network-specs"
