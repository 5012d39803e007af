/** What topics and subscriptions of Pub/Sub share, as of @pulumi/gcp 9.37. */
import type { NameRule, RefuseContext } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { denied, projectIdOf, projectOf, refusedProject } from "../project";

export const topicType = "gcp:pubsub/topic:Topic";
export const subscriptionType = "gcp:pubsub/subscription:Subscription";
export const topicMemberType = "gcp:pubsub/topicIAMMember:TopicIAMMember";
export const subscriptionMemberType = "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember";
export const pubsubService = "pubsub.googleapis.com";
export const pubsubWait = "pubsub topic or subscription";

export type Kind = "topics" | "subscriptions";

/** https://docs.cloud.google.com/pubsub/docs/pubsub-basics#resource_names */
export const pubsubName: NameRule = {
    property: "name",
    auto: { maxLength: 255 },
    pattern: /^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$/,
    rule: 'must be 3 to 255 letters, digits, hyphens, periods, underscores, tildes, plus and percent signs, a letter first, and not begin with "goog"',
};

export const invalid = (reason: string) => `googleapi: Error 400: ${reason}, badRequest`;

/** projects/PROJECT/topics/NAME, of a name or of a whole id. */
export function pathOf(kind: Kind, named: string, projectId: string): string {
    return named.startsWith("projects/") ? named : `projects/${projectId}/${kind}/${named}`;
}

/** The id of a resource of its own inputs. */
export function idOf(
    kind: Kind,
    inputs: PropertyMap,
    { config, inventory }: Pick<RefuseContext, "config" | "inventory">,
) {
    return pathOf(kind, textOf(inputs["name"]), projectOf(inputs, config, inventory).projectId);
}

/** Why nothing of the kind can be made in the project, or why it is there already. */
export function refusedPlace(
    kind: Kind,
    type: string,
    inputs: PropertyMap,
    context: RefuseContext,
): string | undefined {
    const refused = refusedProject(projectIdOf(inputs, context.config), pubsubService, context, (missing) =>
        denied(`pubsub.${kind}.create`, `projects/${missing}`),
    );
    if (refused !== undefined || context.previous !== undefined) {
        return refused;
    }
    const id = idOf(kind, inputs, context);
    return context.inventory.find(type, (row) => row.id === id) === undefined
        ? undefined
        : `googleapi: Error 409: Resource already exists in the project (resource=${textOf(inputs["name"])})., alreadyExists`;
}

/** Seconds of a duration such as `600s`; absent when it is none. */
export function secondsOf(duration: unknown): number | undefined {
    const match = typeof duration === "string" ? /^(\d+(?:\.\d{1,9})?)s$/.exec(duration) : null;
    return match === null ? undefined : Number(match[1]);
}

const day = 86_400;

/** https://docs.cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions: ten minutes to 31 days */
export function refusedRetention({ messageRetentionDuration: duration }: PropertyMap): string | undefined {
    const seconds = secondsOf(duration);
    return duration === undefined || (seconds !== undefined && seconds >= 600 && seconds <= 31 * day)
        ? undefined
        : invalid(
              `The value for message_retention_duration is invalid: ${textOf(duration)}. It must be at least 600s and at most 2678400s.`,
          );
}
