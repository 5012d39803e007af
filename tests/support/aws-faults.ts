/** A deployment on the simulated AWS, in a sandbox of its own, of which a test takes stock after whatever went wrong. */
import { aws } from "../../sandbox/clouds/aws";
import { sandboxLicense } from "../../sandbox/stacks/local";
import { Zone } from "./aws-account";
import { Least } from "./aws-faults-sets";
import { type Changes, CloudProgram, type FaultSet, type FaultyCloud, startProgram, typesOfModel } from "./faults";

/** Every type of resource that the clouds know. */
export const ModelledTypes: readonly string[] = typesOfModel(aws);

const Aws: FaultyCloud = {
    model: aws,
    settings: { "aws:region": "us-east-1" },
    leastArgs: ({ operator }) => {
        const repository = operator.repositoryUrl;
        return {
            host: "wandb.example.com",
            license: sandboxLicense(),
            access: { cidrs: ["203.0.113.0/24"] },
            aws: { dns: { zoneId: Zone.id } },
            deletionProtection: false,
            operator: { chart: { repository }, channelUrl: operator.channelUrl },
            charts: { awsLoadBalancerController: { repository }, clusterAutoscaler: { repository } },
        };
    },
};

export class AwsProgram extends CloudProgram {
    /** @param timeScale how slow the cloud is: 0 = at once */
    static create(timeScale = 0, set: FaultSet = Least): Promise<AwsProgram> {
        return startProgram(AwsProgram, Aws, timeScale, set);
    }

    /** One more controller. */
    withExternalDns(): Changes {
        const externalDns = { repository: this.instance.operator.repositoryUrl };
        return {
            aws: { dns: { externalDns: true } },
            charts: { externalDns },
        };
    }
}
