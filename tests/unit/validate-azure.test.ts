import { acceptedAzureArguments, validAzureArguments } from "../support/accepted-azure-arguments";
import { describeCloudValidation } from "../support/cloud-validation";

describeCloudValidation({
    cloud: "Azure",
    valid: validAzureArguments,
    accepted: acceptedAzureArguments,
    roots: ["azure", "access", "tags"],
    secretCount: 2,
});
