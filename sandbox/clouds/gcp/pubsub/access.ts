/** Members of roles on topics and subscriptions of Pub/Sub, as of @pulumi/gcp 9.37. */
import type { RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { member } from "../iam";
import { denied, project, projectIdOf, refusedProject } from "../project";
import {
    pathOf,
    pubsubService,
    subscriptionMemberType,
    subscriptionType,
    topicMemberType,
    topicType,
    type Kind,
} from "./shared";

/** https://docs.cloud.google.com/pubsub/docs/access-control#roles */
const roles: readonly string[] = [
    "pubsub.admin",
    "pubsub.editor",
    "pubsub.publisher",
    "pubsub.subscriber",
    "pubsub.viewer",
    "editor",
    "owner",
    "viewer",
];

interface Thing {
    readonly token: string;
    readonly of: "topic" | "subscription";
    readonly kind: Kind;
    readonly type: string;
}

function membersOf({ token, of, kind, type }: Thing): ResourceModel {
    const target = (inputs: PropertyMap, config: PropertyMap) =>
        pathOf(kind, textOf(inputs[of]), projectIdOf(inputs, config));
    const missing = (inputs: PropertyMap, context: RefuseContext) => {
        const id = target(inputs, context.config);
        const refused = refusedProject(id.split("/")[1] ?? "", pubsubService, context, () =>
            denied(`pubsub.${kind}.getIamPolicy`, id),
        );
        return (
            refused ??
            (context.inventory.find(type, (row) => row.id === id) === undefined
                ? `googleapi: Error 404: Resource not found (resource=${id.split("/").at(-1)})., notFound`
                : undefined)
        );
    };
    return member({ token, of, inputs: { project }, roles, target, kind: `pubsub ${of}`, missing });
}

export const pubsubMembers: readonly ResourceModel[] = [
    membersOf({ token: topicMemberType, of: "topic", kind: "topics", type: topicType }),
    membersOf({
        token: subscriptionMemberType,
        of: "subscription",
        kind: "subscriptions",
        type: subscriptionType,
    }),
];
