import { acceptedAzureArguments, validAzureArguments } from "../support/accepted-azure-arguments";
import { describeLateChecks } from "../support/late-checks";

describeLateChecks({
    title: "late checks of arguments on Azure",
    cloud: "azure",
    valid: validAzureArguments,
    accepted: acceptedAzureArguments,
    least: 80,
    // Kinds, characters, length, ranges, times, ids of something else.
    junk: ["", " padded ", "no, such (thing)!", "*", "-", "x".repeat(2100), "8.0.0.0/33", -1, 1.5],
});
