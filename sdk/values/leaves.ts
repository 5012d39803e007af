import * as pulumi from "@pulumi/pulumi";
import type { SecretKey } from "../contract/infrastructure";
import type { Text, ValueFrom } from "./types";

/** Changes one text. Stays plain when it is plain, so that previews and tests see it; else one `apply` for this leaf alone. */
export function mapText(value: Text, change: (text: string) => string): Text {
    return typeof value === "string" ? change(value) : pulumi.output(value).apply(change);
}

/** A reference to one key of a Secret, where the chart takes `valueFrom`. */
export function fromSecret({ name, key }: SecretKey): ValueFrom {
    return { valueFrom: { secretKeyRef: { name, key } } };
}
