/** An API server in memory, as far as controllers of the sandbox ask one: objects by their path. */
import { ApiError, type KubeClient, type KubeObject } from "../../sandbox/operator/controller/kube";

type Followers = { readonly path: string; readonly changed: (object: KubeObject) => void }[];

/** What the controllers use of the client. */
type Calls = Pick<KubeClient, "create" | "find" | "follow" | "patch">;

export class FakeKube implements Calls {
    readonly objects = new Map<string, KubeObject>();
    private readonly followers: Followers = [];

    /** For whoever wants the class itself. */
    get client(): KubeClient {
        return this as unknown as KubeClient;
    }

    find(path: string): Promise<KubeObject | undefined> {
        return Promise.resolve(this.objects.get(path));
    }

    create(path: string, body: unknown): Promise<KubeObject> {
        const object = body as KubeObject;
        const own = `${path}/${object.metadata?.name}`;
        if (this.objects.has(own)) {
            return Promise.reject(new ApiError(409, `${own} already exists`));
        }
        this.objects.set(own, object);
        return Promise.resolve(object);
    }

    patch(path: string, body: unknown): Promise<KubeObject> {
        const own = path.replace(/\/status$/, "");
        const object = this.objects.get(own);
        if (object === undefined) {
            return Promise.reject(new ApiError(404, `${own} not found`));
        }
        const merged = merge(object, body) as KubeObject;
        const isGone = merged.metadata?.deletionTimestamp !== undefined && merged.metadata.finalizers?.length === 0;
        if (isGone) {
            this.objects.delete(own);
        } else {
            this.objects.set(own, merged);
        }
        return Promise.resolve(merged);
    }

    follow(path: string, on: { changed: (object: KubeObject) => void }): { stop: () => void } {
        this.followers.push({ path, changed: on.changed });
        return { stop: () => undefined };
    }

    /** Puts an object where it belongs and tells those who follow its collection. */
    apply(path: string, collection: string, object: KubeObject): void {
        this.objects.set(path, object);
        this.followers.filter((one) => one.path === collection).forEach(({ changed }) => changed(object));
    }
}

/** A JSON merge patch without removals. */
function merge(old: unknown, change: unknown): unknown {
    if (!isObject(old) || !isObject(change)) {
        return change;
    }
    const keys = Object.keys(change);
    return { ...old, ...Object.fromEntries(keys.map((key) => [key, merge(old[key], change[key])])) };
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
