import type { WandbDeploymentArgs } from "./args";
import type { Problem } from "./errors";
import { checkAccess } from "./validation/access";
import { checkApplication } from "./validation/application";
import { checkAuthentication } from "./validation/authentication";
import { checkAws } from "./validation/aws";
import { checkBucket } from "./validation/bucket";
import { checkChart } from "./validation/chart";
import { checkChecks } from "./validation/checks";
import { type ValidationContext, checkCluster } from "./validation/cluster";
import { checkDatabase } from "./validation/database";
import { checkEnvironment } from "./validation/environment";
import { checkFreeValues } from "./validation/free-values";
import { checkAzure } from "./validation/azure";
import { checkGcp } from "./validation/gcp";
import { checkHost } from "./validation/host";
import { checkIngress } from "./validation/ingress";
import { readKinds } from "./validation/kinds";
import { checkLicense } from "./validation/license";
import { checkNames, wrongAwsName, wrongAzureName, wrongGcpName, wrongLogicalName } from "./validation/names";
import { checkOperator } from "./validation/operator";
import { checkReadiness } from "./validation/readiness";
import { checkRedis } from "./validation/redis";
import { Section } from "./validation/section";
import { DeploymentShape } from "./validation/shapes";

export type { ValidationContext };

type Rule = (args: Section<WandbDeploymentArgs>, context: ValidationContext) => void;

const Rules: readonly Rule[] = [
    checkCluster,
    checkAccess,
    checkAws,
    checkGcp,
    checkAzure,
    checkHost,
    checkLicense,
    checkNames,
    checkOperator,
    checkChart,
    checkDatabase,
    checkRedis,
    checkBucket,
    checkIngress,
    checkAuthentication,
    checkApplication,
    checkEnvironment,
    checkFreeValues,
    checkChecks,
    checkReadiness,
];

/**
 * Finds everything that is wrong with the arguments, in one pass and before the first resource. It looks at plain values only:
 * Outputs and promises are not known yet: where they are allowed they are skipped. It never throws, whatever a caller in YAML or another language passes,
 * and no problem shows a secret.
 *
 * @param name logical name of the deployment
 */
export function validate(name: string, args: WandbDeploymentArgs, context: ValidationContext): Problem[] {
    const problems: Problem[] = [];
    const wrongName =
        wrongLogicalName(name) ??
        (args?.aws === undefined ? undefined : wrongAwsName(name)) ??
        (args?.gcp === undefined ? undefined : wrongGcpName(name)) ??
        (args?.azure === undefined ? undefined : wrongAzureName(name));
    if (wrongName !== undefined) {
        problems.push({ propertyPath: LogicalName, reason: wrongName });
    }
    const known = readKinds(args ?? {}, DeploymentShape, "", problems);
    if (known instanceof Map) {
        const section = new Section<WandbDeploymentArgs>("", known, problems);
        Rules.forEach((rule) => rule(section, context));
    }
    return problems.map(({ propertyPath, reason }) => ({ propertyPath: propertyPath || WholeArguments, reason }));
}

/** The path of the resource's own name; the argument `name` is another one. */
const LogicalName = "(resource name)";
/** The path of all arguments together, when not even they are an object. */
const WholeArguments = "(arguments)";
