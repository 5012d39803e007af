/** A deployment on the simulated Google Cloud, in a sandbox of its own, of which a test takes stock after whatever went wrong. */
import { gcp } from "../../sandbox/clouds/gcp";
import { apiType } from "../../sandbox/clouds/gcp/apis";
import { poolType } from "../../sandbox/clouds/gcp/container/pool";
import { agentType } from "../../sandbox/clouds/gcp/iam-principals";
import { cryptoKeyType, keyRingType } from "../../sandbox/clouds/gcp/kms";
import { takenNameType } from "../../sandbox/clouds/gcp/sql/shared";
import { sandboxLicense } from "../../sandbox/stacks/local";
import { type FaultSet, type FaultyCloud, CloudProgram, startProgram, typesOfModel } from "./faults";
import { project, region } from "./gcp-account";
import { Least } from "./gcp-faults-sets";
import { exampleZone } from "./gcp-zone";

/** Every type of resource that the clouds know. */
export const ModelledTypes: readonly string[] = typesOfModel(gcp);

/** Of docs/gcp.md, "What stays": what a deployment with default settings leaves. */
const KeptTypes: readonly string[] = [agentType, apiType, cryptoKeyType, keyRingType, poolType, takenNameType];

const Gcp: FaultyCloud = {
    model: gcp,
    settings: { "gcp:project": project.projectId, "gcp:region": region },
    leastArgs: ({ operator }) => ({
        host: "wandb.example.com",
        license: sandboxLicense(),
        access: { cidrs: ["203.0.113.0/24"] },
        gcp: { dns: { managedZone: exampleZone.name } },
        deletionProtection: false,
        operator: { chart: { repository: operator.repositoryUrl }, channelUrl: operator.channelUrl },
    }),
    // "This resource does not support import", https://www.pulumi.com/registry/packages/gcp/
    notImported: ["gcp:projects/serviceIdentity:ServiceIdentity", "gcp:bigtable/gCPolicy:GCPolicy"],
    keeps: ({ type, urn }) => urn === undefined && KeptTypes.includes(type),
};

export class GcpProgram extends CloudProgram {
    /** @param timeScale how slow the cloud is: 0 = at once */
    static create(timeScale = 0, set: FaultSet = Least): Promise<GcpProgram> {
        return startProgram(GcpProgram, Gcp, timeScale, set);
    }
}
