import type { WandbDeploymentArgs } from "../args";
import { hostParts } from "./host";
import type { Section } from "./section";
import { given } from "./wording";

/** By what W&B is said to answer without TLS, if it is. */
export function plainHttp(args: Section<WandbDeploymentArgs>): string | undefined {
    const host = args.text("host");
    if (host !== undefined && hostParts(host).scheme === "http") {
        return `\`host\` says http:// ${given(host)}`;
    }
    return args.section("ingress")?.section("tls")?.flag("enabled") === false
        ? "`ingress.tls.enabled` is false"
        : undefined;
}
