/**
 * The one command of the AWS CLI that kubeconfigs of EKS need.
 *
 * As the real one it asks nobody whether the cluster exists: it only signs, and the cluster's API server refuses.
 * Return codes: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html
 */
import { parseArgs } from "node:util";
import { accountOf } from "../clouds/aws/account";
import { Inventory } from "../clouds/inventory";
import { mintToken, signingKey } from "./token";

/** What a run prints and how it ends. */
export interface CommandResult {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

const wrongUsage = 252;
const wrongConfiguration = 253;
const refusedByService = 254;
const failed = 255;

const expiryMs = 14 * 60_000;
const betaVersion = "client.authentication.k8s.io/v1beta1";
const execVersions = [betaVersion, "client.authentication.k8s.io/v1"];

/** Runs `aws` with these arguments. `dir` is the sandbox instance. */
export function runCommand(
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    dir: string,
    now = new Date(),
): CommandResult {
    const [service, operation, ...rest] = args;
    if (service !== "eks" || operation !== "get-token") {
        const wrong = service !== "eks" ? ["command", service] : ["operation", operation];
        return refusal(
            wrongUsage,
            `argument ${wrong[0]}: Found invalid choice '${wrong[1] ?? ""}'. ` +
                "The sandbox stands in for `aws eks get-token` only.",
        );
    }
    let options: Options;
    try {
        options = readOptions(rest);
    } catch (error) {
        return refusal(wrongUsage, error instanceof Error ? error.message : String(error));
    }
    const { "cluster-name": clusterName, "role-arn": roleArn, output = "json" } = options;
    if (output !== "json") {
        return refusal(wrongUsage, `argument --output: Found invalid choice '${output}'. The sandbox knows json.`);
    }
    if (clusterName === undefined) {
        return refusal(failed, "Either parameter --cluster-name or --cluster-id must be specified.");
    }
    const region = options.region ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"];
    if (!region) {
        return refusal(
            wrongConfiguration,
            'You must specify a region. You can also configure your region by running "aws configure".',
        );
    }
    const key = signingKey(dir);
    if (key === undefined) {
        return refusal(wrongConfiguration, "Unable to locate credentials. You can configure them with `aws login`.");
    }
    const caller = accountOf({ region }).callerArn;
    if (roleArn !== undefined && !mayAssume(roleArn, region, dir)) {
        return refusal(
            refusedByService,
            `An error occurred (AccessDenied) when calling the AssumeRole operation: User: ${caller} is not ` +
                `authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        );
    }
    const token = mintToken(key, { clusterName, region, principalArn: roleArn ?? caller }, now);
    return { code: 0, stdout: `${JSON.stringify(credential(token, env, now), undefined, 4)}\n`, stderr: "" };
}

interface Options {
    "cluster-name"?: string;
    "role-arn"?: string;
    region?: string;
    profile?: string;
    output?: string;
}

/** @throws the parser's complaint about an unknown option or a missing value */
function readOptions(args: string[]): Options {
    const text = { type: "string" } as const;
    return parseArgs({
        args,
        options: {
            "cluster-name": text,
            "role-arn": text,
            // Every profile is the account of the sandbox.
            profile: text,
            region: text,
            output: text,
        },
        allowPositionals: false,
    }).values;
}

/** Roles of other accounts are not simulated; one of the own account must exist. */
function mayAssume(roleArn: string, region: string, dir: string): boolean {
    const { accountId } = accountOf({ region });
    const roles = new Inventory(dir, "aws").view().rows("aws:iam/role:Role");
    return roleArn.split(":")[4] !== accountId || roles.some(({ outputs }) => outputs["arn"] === roleArn);
}

function credential(token: string, env: NodeJS.ProcessEnv, now: Date): object {
    return {
        kind: "ExecCredential",
        apiVersion: wantedVersion(env["KUBERNETES_EXEC_INFO"]),
        spec: {},
        status: {
            expirationTimestamp: new Date(now.getTime() + expiryMs).toISOString().replace(/\.\d+Z$/, "Z"),
            token,
        },
    };
}

/** The version that the client asks for, when it is one that we know. */
function wantedVersion(info: string | undefined): string {
    try {
        const { apiVersion } = JSON.parse(info ?? "{}") as { apiVersion?: string };
        return apiVersion !== undefined && execVersions.includes(apiVersion) ? apiVersion : betaVersion;
    } catch {
        return betaVersion;
    }
}

function refusal(code: number, message: string): CommandResult {
    return { code, stdout: "", stderr: `\naws: [ERROR]: ${message}\n` };
}
