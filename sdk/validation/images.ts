import { given } from "./wording";

/** Rules for image references; each function says what is wrong with a text, or nothing. */

/** A repository, without tag and digest. */
export function imageRepository(value: string): string | undefined {
    if (value.includes("://")) {
        return `has a scheme ${given(value)}. Image repositories have none: registry.example.com/wandb/app.`;
    }
    if (value.includes("@")) {
        return `has a digest ${given(value)}. Give the repository alone.`;
    }
    if (/:[^/]*$/.test(value)) {
        return `has a tag ${given(value)}. Give the repository alone and the tag in its own argument.`;
    }
    return /^[a-z0-9][a-z0-9._/:-]*[a-z0-9]$/i.test(value) && !value.includes("//")
        ? undefined
        : `is not an image repository ${given(value)}. Give for example registry.example.com/wandb/app.`;
}

/** A registry, or a registry with path, put before image names. */
export function registryPrefix(value: string): string | undefined {
    if (value.includes("://")) {
        return `has a scheme ${given(value)}. Registries are named without: registry.example.com.`;
    }
    return /^[a-z0-9][a-z0-9._:-]*(\/[a-z0-9][a-z0-9._-]*)*$/i.test(value)
        ? undefined
        : `is not a registry ${given(value)}. Give for example registry.example.com or registry.example.com/mirror, without a slash at the end.`;
}

/** A tag. */
export function imageTag(value: string): string | undefined {
    return /^\w[\w.-]{0,127}$/.test(value)
        ? undefined
        : `is not an image tag ${given(value)}. Use at most 128 letters, digits, dots, hyphens and underscores.`;
}
