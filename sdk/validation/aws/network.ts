import type { WandbDeploymentArgs } from "../../args";
import {
    type AwsExistingNetworkArgs,
    type AwsFlowLogArgs,
    AwsFlowLogTraffic,
    type AwsNetworkArgs,
    AwsNatMode,
    type AwsSubnetCidrsArgs,
} from "../../aws/args/network";
import { endpointWord } from "../../aws/args/network-defaults";
import type { Section } from "../section";
import { choice, flag, listOf, needed, object, plainNumber, plainText, text } from "../shape";
import { wholeNumber } from "../syntax";
import { given } from "../wording";
import { otherIngress } from "./entry-tls";
import { securityGroupShape } from "./group-names";
import { checkExistingNetwork } from "./network-existing";
import { checkRanges } from "./network-ranges";
import { wrongZone, ZoneName } from "./rules";
import { checkOneOf, LogRetentionDays } from "./store-rules";

export const networkShape = object<AwsNetworkArgs>("AwsNetworkArgs", {
    existing: object<AwsExistingNetworkArgs>("AwsExistingNetworkArgs", {
        vpcId: needed(text, "the id of your VPC, for example vpc-0123456789abcdef0"),
        privateSubnetIds: needed(listOf(text), "the ids of the nodes' subnets, in at least two zones"),
        dataSubnetIds: listOf(text),
        loadBalancerSubnetIds: listOf(text),
        routeTableIds: listOf(text),
    }),
    cidr: plainText,
    subnetCidrs: object<AwsSubnetCidrsArgs>("AwsSubnetCidrsArgs", {
        private: needed(listOf(plainText), "one range per zone"),
        public: listOf(plainText),
        data: needed(listOf(plainText), "one range per zone"),
    }),
    zoneCount: plainNumber,
    zones: listOf(plainText),
    publicSubnets: flag,
    nat: choice(AwsNatMode, { "per-az": "Use per-zone.", one: "Use single." }),
    interfaceEndpoints: listOf(plainText),
    endpointSecurityGroup: securityGroupShape,
    flowLogs: object<AwsFlowLogArgs>("AwsFlowLogArgs", {
        trafficType: choice(AwsFlowLogTraffic, { accept: "Use ACCEPT.", reject: "Use REJECT.", all: "Use ALL." }),
        retentionDays: plainNumber,
        logGroupName: text,
    }),
});

/** `aws.network` */
export function checkNetwork(args: Section<WandbDeploymentArgs>): void {
    const network = args.section("aws")?.section("network");
    if (network === undefined) {
        return;
    }
    checkEndpoints(network);
    const isInternal = internalLoadBalancer(args);
    if (network.has("existing")) {
        checkExistingNetwork(network, isInternal);
        return;
    }
    checkZones(network);
    checkRanges(network, isInternal);
    checkWayOut(network, isInternal);
    const flowLogs = network.section("flowLogs");
    if (flowLogs !== undefined) {
        checkOneOf(flowLogs, "retentionDays", LogRetentionDays);
        flowLogs.check("logGroupName", wrongLogGroupName);
    }
}

/** Whether the load balancer is an internal one; undefined while that is not known, and where none is made of the Ingress. */
function internalLoadBalancer(args: Section<WandbDeploymentArgs>): boolean | undefined {
    const aws = args.section("aws");
    const loadBalancer = aws?.section("loadBalancer");
    const unknown = aws?.pending("loadBalancer") === true || loadBalancer?.pending("scheme") === true;
    if (unknown || otherIngress(args) !== undefined) {
        return undefined;
    }
    return loadBalancer?.text("scheme") === "internal";
}

function checkZones(network: Section<AwsNetworkArgs>): void {
    const count = network.number("zoneCount");
    const wrongCount = count === undefined ? undefined : wholeNumber(count, 2, 3);
    if (wrongCount !== undefined) {
        network.refuse("zoneCount", wrongCount);
    }
    if (!network.has("zones")) {
        return;
    }
    if (network.has("zoneCount")) {
        network.refuse("zoneCount", "is given together with `zones`, which says how many there are. Leave it out.");
    }
    const zones = network.texts("zones");
    if (!network.pending("zones") && (zones.length < 2 || zones.length > 3)) {
        network.refuse("zones", `has ${zones.length} entries. Give 2 or 3 zones, or \`zoneCount\`.`);
    }
    const names = zones.map(({ value }) => value);
    zones.forEach((zone, index) =>
        network.checkEntry(zone, (name) => {
            const wrong = wrongZone(name);
            if (wrong !== undefined) {
                return wrong;
            }
            if (names.indexOf(name) < index) {
                return `is there twice ${given(name)}. Give another zone.`;
            }
            const other = ZoneName.exec(names[0] ?? "")?.[1];
            return other === undefined || other === ZoneName.exec(name)?.[1]
                ? undefined
                : `is in another region ${given(name)} than the first one. Give zones of one region.`;
        }),
    );
}

function checkWayOut(network: Section<AwsNetworkArgs>, isInternal: boolean | undefined): void {
    if (network.flag("publicSubnets") !== false) {
        return;
    }
    const nat = network.text("nat");
    if (nat !== undefined && nat !== AwsNatMode.None) {
        network.refuse(
            "nat",
            `needs public subnets ${given(nat)}, but \`publicSubnets\` is false. Use none, or make public subnets.`,
        );
    }
    if (isInternal === false) {
        network.refuse(
            "publicSubnets",
            "is false, but the load balancer is internet-facing. Set `aws.loadBalancer.scheme` to internal, or make public subnets.",
        );
    }
}

function checkEndpoints(network: Section<AwsNetworkArgs>): void {
    const services = network.texts("interfaceEndpoints");
    if (network.has("endpointSecurityGroup") && services.length === 0 && !network.pending("interfaceEndpoints")) {
        network.refuse(
            "endpointSecurityGroup",
            "has no effect without `aws.network.interfaceEndpoints`, which it is for. Give some, or leave it out.",
        );
    }
    const words = services.map(({ value }) => value && endpointWord(value));
    services.forEach((service, index) =>
        network.checkEntry(service, (name) => {
            const word = words[index];
            if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(name)) {
                return `is not the name of a service of AWS ${given(name)}. Give for example ecr.api, or a whole name such as com.amazonaws.eu-west-1.ecr.api.`;
            }
            if (word === "s3") {
                return `has a gateway endpoint in any case ${given(name)}, which costs nothing. Leave it out.`;
            }
            return words.indexOf(word) < index ? `is there twice ${given(name)}. Leave one out.` : undefined;
        }),
    );
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
function wrongLogGroupName(name: string): string | undefined {
    if (name.startsWith("aws/")) {
        return `begins with aws/ ${given(name)}, which is for AWS itself. Choose another name, for example /aws/vpc/wandb.`;
    }
    return /^[\w.\-/#]{1,512}$/.test(name)
        ? undefined
        : `is not a name of a log group ${given(name)}. Use 1 to 512 letters, digits and _ - / . #`;
}
