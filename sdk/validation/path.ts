/** Path of a member, in Pulumi's notation: `a.b`, `a["b.c"]`, `a[0]`. */
export function member(path: string, key: string | number): string {
    if (typeof key === "number") {
        return `${path}[${key}]`;
    }
    if (/^[A-Za-z_$][\w$-]*$/.test(key)) {
        return path === "" ? key : `${path}.${key}`;
    }
    return `${path}[${JSON.stringify(key)}]`;
}
