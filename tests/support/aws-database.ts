/** The database on AWS, made against mocks. */
import * as pulumi from "@pulumi/pulumi";
import type { Size } from "../../sdk/args/application";
import type { AwsDatabaseArgs } from "../../sdk/aws/args/database";
import { createDatabase, type DatabaseOutputs } from "../../sdk/aws/stores/database";
import type { ZoneLetter } from "../../sdk/aws/facts";
import type { IamSettings } from "../../sdk/aws/iam/iam";
import type { AwsScope } from "../../sdk/aws/scope";
import { storeKeyArn, storeSurroundings } from "./aws-stores";
import { GraphRecorder } from "./graph";

const outputs = {
    "aws:rds/cluster:Cluster": {
        clusterIdentifier: "wandb-1",
        endpoint: "wandb-1.cluster-abc.eu-west-1.rds.amazonaws.com",
        dbSubnetGroupName: "subnets-1",
    },
    "aws:rds/subnetGroup:SubnetGroup": { name: "subnets-1" },
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": { name: "cluster-parameters-1" },
    "aws:rds/parameterGroup:ParameterGroup": { name: "instance-parameters-1" },
    "aws:iam/role:Role": { name: "monitoring-1", arn: "arn:aws:iam::123456789012:role/monitoring-1" },
    "random:index/randomPassword:RandomPassword": { result: "generated" },
    "random:index/randomId:RandomId": { hex: "0badcafe" },
};

interface Options extends Partial<Pick<AwsScope, "deletionProtection" | "retainData">> {
    readonly size?: Size;
    readonly iam?: IamSettings;
    readonly zones?: readonly ZoneLetter[];
    readonly preview?: boolean;
}

export interface MadeDatabase {
    readonly graph: GraphRecorder;
    readonly database: DatabaseOutputs;
}

export const insightsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/5678efab";

export async function makeDatabase(
    args: AwsDatabaseArgs = {},
    { size = "small", iam = {}, zones, preview = false, ...changes }: Options = {},
): Promise<MadeDatabase> {
    const graph = await GraphRecorder.start({ preview, outputs });
    const { scope, placement } = storeSurroundings(changes, zones);
    const keyArn = pulumi.output(storeKeyArn);
    const database = createDatabase(scope, {
        database: args,
        iam,
        placement,
        keyArn,
        insightsKeyArn: pulumi.output(insightsKeyArn),
        size,
    });
    await pulumi.runtime.disconnect();
    return { graph, database };
}

export function inputsOf({ graph }: MadeDatabase, name: string): Record<string, unknown> {
    return graph.byName(name).inputs;
}

/** Logical names of all of a type, in the order of their registration. */
export function namesOf({ graph }: MadeDatabase, type: string): string[] {
    return graph.resources.filter((resource) => resource.type === type).map(({ name }) => name);
}
