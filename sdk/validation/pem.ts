/** Rules for PEM texts. No message shows any of the text. */

interface Block {
    readonly label: string;
    readonly body: string;
}

const Content = 'Give the content of the file, for example by readFileSync(path, "utf8"), not its path.';

/** All blocks, in order. */
export function pemBlocks(text: string): Block[] {
    const blocks: Block[] = [];
    const begin = /-----BEGIN ([A-Z0-9 ]{1,40})-----/g;
    for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
        const start = begin.lastIndex;
        const end = text.indexOf(`-----END ${match[1]}-----`, start);
        if (end < 0) {
            break;
        }
        blocks.push({ label: match[1], body: text.slice(start, end) });
        begin.lastIndex = end;
    }
    return blocks;
}

/** One or more certificates and nothing else. */
export function certificates(text: string): string | undefined {
    const blocks = pemBlocks(text);
    if (blocks.length === 0) {
        return `is not PEM: no complete block -----BEGIN CERTIFICATE----- is in it. ${Content}`;
    }
    const other = blocks.find(({ label }) => label !== "CERTIFICATE");
    if (other !== undefined) {
        return `holds a block ${other.label}, but must hold CERTIFICATE blocks only. Take it out.`;
    }
    return blocks.every(isDer)
        ? undefined
        : "holds a CERTIFICATE block that is not base64 of a certificate. Copy the file again.";
}

/** Base64 of a DER sequence. Not parsed further: the consumers' own trust stores do that, each in its way. */
function isDer({ body }: Block): boolean {
    const packed = body.replace(/\s/g, "");
    return (
        packed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(packed) && Buffer.from(packed, "base64")[0] === 0x30
    );
}

/** One private key that a server can read without a passphrase. */
export function privateKey(text: string): string | undefined {
    const blocks = pemBlocks(text);
    const keys = blocks.filter(({ label }) => label.endsWith("PRIVATE KEY"));
    if (keys.length !== 1) {
        return keys.length === 0 && blocks.length > 0
            ? `holds ${blocks[0].label} instead of a PRIVATE KEY. Give the private key of the certificate.`
            : `is not one PEM block with a PRIVATE KEY. ${Content}`;
    }
    if (keys[0].label === "ENCRYPTED PRIVATE KEY" || keys[0].body.includes("ENCRYPTED")) {
        return "is encrypted with a passphrase, which the Ingress cannot ask for. Decrypt it first (openssl pkey).";
    }
    return undefined;
}
