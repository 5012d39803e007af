import type { WandbDeploymentArgs } from "../../args";
import type { AwsClickHouseArgs, AwsMonitoringArgs } from "../../aws/args/extras";
import type { Section } from "../section";
import { flag, object, text } from "../shape";
import { given } from "../wording";
import { securityGroupShape } from "./group-names";
import { wrongAlias, wrongPrincipal } from "./rules";

export const clickHouseShape = object<AwsClickHouseArgs>("AwsClickHouseArgs", {
    endpointServiceName: text,
    securityGroup: securityGroupShape,
    key: flag,
    keyPrincipalArn: text,
    keyAlias: text,
});

export const monitoringShape = object<AwsMonitoringArgs>("AwsMonitoringArgs", { cloudWatchExporter: flag });

/** `aws.clickHouse`, `aws.monitoring` */
export function checkExtras(args: Section<WandbDeploymentArgs>): void {
    const aws = args.section("aws");
    const clickHouse = aws?.section("clickHouse");
    if (clickHouse !== undefined) {
        checkClickHouse(clickHouse);
    }
    const monitoring = aws?.section("monitoring");
    if (monitoring?.flag("cloudWatchExporter") === true && args.has("database") && args.has("redis")) {
        monitoring.refuse(
            "cloudWatchExporter",
            "is true, but `database` and `redis` name others, so there is nothing here for it to watch. Leave it out.",
        );
    }
}

function checkClickHouse(section: Section<AwsClickHouseArgs>): void {
    section.check("endpointServiceName", (name) =>
        /^(cn\.)?com\.amazonaws\.vpce\.[a-z0-9-]+\.vpce-svc-[0-9a-f]+$/.test(name)
            ? undefined
            : `is not the name of an endpoint service ${given(name)}. ClickHouse Cloud shows it: com.amazonaws.vpce.<region>.vpce-svc-<id>.`,
    );
    if (section.has("securityGroup") && !section.has("endpointServiceName")) {
        section.refuse(
            "securityGroup",
            "has no effect without `aws.clickHouse.endpointServiceName`, whose endpoint it is for. Give that, or leave it out.",
        );
    }
    const hasKey = section.flag("key") === true || section.pending("key");
    if (hasKey && !section.has("keyPrincipalArn")) {
        section.refuse(
            "keyPrincipalArn",
            "is missing, but `aws.clickHouse.key` is true. Give the role of ClickHouse Cloud that its documentation of customer managed keys names.",
        );
    }
    for (const key of section.givenOf("keyPrincipalArn", "keyAlias")) {
        if (!hasKey) {
            section.refuse(
                key,
                "has no effect, because `aws.clickHouse.key` is not true. Set that, or leave this out.",
            );
        }
    }
    section.check("keyPrincipalArn", (arn) =>
        arn === "*"
            ? `is everybody ${given(arn)}, so anybody could use the key. Give the role of ClickHouse Cloud.`
            : wrongPrincipal(arn),
    );
    section.check("keyAlias", wrongAlias);
    if (!hasKey && !section.has("endpointServiceName") && section.givenOf("keyPrincipalArn", "keyAlias").length === 0) {
        section.refuse(
            "endpointServiceName",
            "is missing, and so is `aws.clickHouse.key`: nothing would be made. Give the one or the other, or leave `aws.clickHouse` out.",
        );
    }
}
