import { acceptedGcpArguments, validGcpArguments } from "../support/accepted-gcp-arguments";
import { describeLateChecks } from "../support/late-checks";

describeLateChecks({
    title: "late checks of arguments on Google Cloud",
    cloud: "gcp",
    valid: validGcpArguments,
    accepted: acceptedGcpArguments,
    least: 80,
    // Kinds, characters, length, ranges, times, resources of others, names that are kept.
    junk: ["", " padded ", "no, such (thing)!", "*", "-", "x".repeat(2100), "8.0.0.0/33", "goog", -1, 1.5],
});
