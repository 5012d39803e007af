import { acceptedAwsArguments, validAwsArguments } from "../support/accepted-aws-arguments";
import { describeCloudValidation } from "../support/cloud-validation";

describeCloudValidation({
    cloud: "AWS",
    valid: validAwsArguments,
    accepted: acceptedAwsArguments,
    roots: ["aws", "access", "charts", "tags"],
    secretCount: 4,
});
