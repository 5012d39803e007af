import { acceptedGcpArguments, validGcpArguments } from "../support/accepted-gcp-arguments";
import { describeCloudValidation } from "../support/cloud-validation";

describeCloudValidation({
    cloud: "Google Cloud",
    valid: validGcpArguments,
    accepted: acceptedGcpArguments,
    roots: ["gcp", "access", "tags"],
    secretCount: 2,
});
