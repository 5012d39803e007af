import { Size } from "./args/application";
import type { WandbDeploymentArgs } from "./args";
import { entryPlan } from "./aws/entry-plan";
import type { AwsInput } from "./aws/folder";
import { azureEntryPlan } from "./azure/entry-plan";
import type { AzureInput } from "./azure/folder";
import { gcpEntryPlan } from "./gcp/entry-plan";
import type { GcpInput } from "./gcp/folder";
import type { CloudInput } from "./contract/cloud-input";
import { givenStores } from "./external";
import { InstanceDefaults } from "./naming";
import { accountNames } from "./values/components";

/** The arguments of a deployment as far as AWS is concerned. Validation has found before that `aws` is missing. */
export function awsInput(args: WandbDeploymentArgs): AwsInput {
    const { aws } = args;
    if (aws === undefined) {
        throw new Error("validation must have found that aws is missing");
    }
    return { ...cloudInput(args), aws, entry: entryPlan(args) };
}

/** The same as far as Google Cloud is concerned. */
export function gcpInput(args: WandbDeploymentArgs): GcpInput {
    const { gcp } = args;
    if (gcp === undefined) {
        throw new Error("validation must have found that gcp is missing");
    }
    return { ...cloudInput(args), gcp, entry: gcpEntryPlan(args) };
}

/** The same as far as Azure is concerned. */
export function azureInput(args: WandbDeploymentArgs): AzureInput {
    const { azure } = args;
    if (azure === undefined) {
        throw new Error("validation must have found that azure is missing");
    }
    return { ...cloudInput(args), azure, entry: azureEntryPlan(args) };
}

/** What all clouds are told. */
function cloudInput(args: WandbDeploymentArgs): CloudInput {
    const { ingress = {}, name = InstanceDefaults.name } = args;
    return {
        access: args.access,
        size: args.size ?? Size.Small,
        host: args.host,
        additionalHosts: ingress.additionalHosts ?? [],
        ingressName: ingress.name ?? name,
        ingressAnnotations: ingress.annotations ?? {},
        namespace: args.namespace ?? InstanceDefaults.namespace,
        accounts: { ...accountNames(args), prefix: `${name}-` },
        charts: args.charts ?? {},
        stores: givenStores(args),
        tags: args.tags,
        deletionProtection: args.deletionProtection ?? true,
        retainData: args.retainData ?? false,
    };
}
