/** Databases and users of an instance of Cloud SQL, as of @pulumi/gcp 9.37. They go along with it. */
import type { Row } from "../../inventory";
import type { InventoryView, Problem, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { withDeletionPolicy } from "../deletion-policy";
import { project, projectOf } from "../project";
import { databaseType, invalid, refusedInstance, userType } from "./shared";

const text = { type: "string" } as const;
const shortWait = "cloud sql database, user";

/** https://docs.cloud.google.com/sql/docs/mysql/create-manage-databases */
const systemDatabases = ["information_schema", "mysql", "performance_schema", "sys"];

const database: ResourceModel = {
    token: databaseType,
    inputs: {
        charset: text,
        collation: text,
        instance: { ...text, required: true },
        name: text,
        project,
    },
    outputs: { charset: text, collation: text, project: text, selfLink: text },
    name: {
        property: "name",
        auto: { maxLength: 64 },
        pattern: /^[^/\\.\s]{1,64}$/,
        rule: "must be 1 to 64 characters without slashes, dots and spaces",
    },
    replaceOn: ["instance", "name", "project"],
    durationKey: shortWait,
    refuse: (inputs, context) => {
        const name = textOf(inputs["name"]);
        const { projectId } = projectOf(inputs, context.config, context.inventory);
        const id = databaseId(projectId, textOf(inputs["instance"]), name);
        const exists = context.inventory.find(databaseType, (row) => row.id === id) !== undefined;
        const refused =
            refusedInstance(inputs, context) ??
            (systemDatabases.includes(name.toLowerCase())
                ? invalid(`${name} is a system database`)
                : context.previous === undefined && exists
                  ? invalid(
                        `failed to create database ${name}. Detail: mysql: Error 1007: Can't create database '${name}'; database exists`,
                    )
                  : refusedCharset(inputs));
        return refused && `Error ${context.previous === undefined ? "creating" : "updating"} Database: ${refused}`;
    },
    id: (inputs, { config, inventory }) =>
        databaseId(projectOf(inputs, config, inventory).projectId, textOf(inputs["instance"]), textOf(inputs["name"])),
    computed: (inputs, { id, config, inventory }) => ({
        charset: inputs["charset"] ?? "utf8mb4",
        collation: inputs["collation"] ?? "utf8mb4_0900_ai_ci",
        project: projectOf(inputs, config, inventory).projectId,
        selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/${id}`,
    }),
};

function refusedCharset({ charset, collation }: PropertyMap): string | undefined {
    const name = textOf(charset, "utf8mb4");
    return collation === undefined || textOf(collation).startsWith(`${name}_`)
        ? undefined
        : invalid(`Collation ${textOf(collation)} is not valid for character set ${name}`);
}

function databaseId(projectId: string, instance: string, name: string): string {
    return `projects/${projectId}/instances/${instance}/databases/${name}`;
}

/** Users of Google's own: https://docs.cloud.google.com/sql/docs/mysql/users */
const systemUsers = /^(cloudsql.*|mysql\..*)$/;

/**
 * Creating a user who is there sets the password, as in the API: that it takes him over is nowhere written, but `root` and the users of a
 * restored instance are managed so.
 */
const user: ResourceModel = {
    token: userType,
    inputs: {
        databaseRoles: { type: "array" },
        host: text,
        instance: { ...text, required: true },
        name: { ...text, required: true },
        password: { ...text, secret: true },
        project,
        type: { ...text, values: ["BUILT_IN"] },
    },
    outputs: { host: text, project: text },
    adopts: true,
    replaceOn: ["host", "instance", "name", "project", "type"],
    unread: ["databaseRoles", "password"],
    durationKey: shortWait,
    validate: wrongUser,
    refuse: (inputs, context) => {
        const [name, instance] = [textOf(inputs["name"]), textOf(inputs["instance"])];
        const refused =
            refusedInstance(inputs, context) ??
            (systemUsers.test(name) ? invalid(`${name} is a reserved user name`) : refusedPassword(inputs));
        return refused && `Error, failed to insert user ${name} into instance ${instance}: ${refused}`;
    },
    id: ({ name, host, instance }) => userId(textOf(instance), textOf(name), textOf(host)),
    computed: (inputs, { config, inventory }) => ({
        host: inputs["host"] ?? "%",
        project: projectOf(inputs, config, inventory).projectId,
    }),
};

function wrongUser({ name }: PropertyMap): Problem[] {
    const length = textOf(name).length;
    return typeof name === "string" && (length < 1 || length > 32)
        ? [{ property: "name", reason: `must have 1 to 32 characters (it has ${length}). Rename it.` }]
        : [];
}

function refusedPassword({ password }: PropertyMap): string | undefined {
    return password === undefined || password === "" ? invalid("A password is required for built-in users") : undefined;
}

function userId(instance: string, name: string, host: string): string {
    return `${name}/${host}/${instance}`;
}

/** A database that came with its instance. */
export function databaseRow(projectId: string, instance: string, name: string): Row {
    const inputs = { instance, name, project: projectId };
    const outputs = { ...inputs, charset: "utf8mb4", collation: "utf8mb4_general_ci" };
    return { type: databaseType, id: databaseId(projectId, instance, name), state: "active", inputs, outputs };
}

/** A user who came with his instance. */
export function userRow(projectId: string, instance: string, name: string): Row {
    const inputs = { instance, name, project: projectId };
    return {
        type: userType,
        id: userId(instance, name, ""),
        state: "active",
        inputs,
        outputs: { ...inputs, host: "%" },
    };
}

/** What is in an instance. */
export function contentsIn(row: Row, inventory: InventoryView): Row[] {
    return [databaseType, userType].flatMap((type) =>
        inventory
            .rows(type)
            .filter(
                ({ inputs, outputs }) =>
                    inputs["instance"] === row.inputs["name"] && outputs["project"] === row.outputs["project"],
            ),
    );
}

export const contents: readonly ResourceModel[] = [withDeletionPolicy(database), withDeletionPolicy(user)];
