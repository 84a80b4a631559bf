/** What a member of the operator's staff may do, at one site or at all of the operator's (`site` absent). */
interface StaffRole {
    role: 'admin' | 'catalog' | 'marketing' | 'support' | 'finance' | 'reader';
    /** The site that the role is limited to; absent means all sites of the operator. */
    site?: string | undefined;
}
/** What a service may do. `shop`: price and buy for a named customer; `admin`: as staff with the role admin; `read`: as reader. */
type ServiceScope = 'shop' | 'admin' | 'read';
/** The words that a route uses to say who may call it. */
type Caller = 'shopper' | 'customer' | 'service' | 'system' | `staff:${StaffRole['role']}`;

/**
 * A moment: ISO 8601 in UTC to the millisecond, `2026-03-29T01:00:00.000Z`, from year 0000 to 9999. Always 24
 * characters, so that comparing two as text compares them as moments.
 */
type Instant = string;

/** What a JSON document may hold. `undefined` is allowed as a property so that optional fields need no cast; storage drops it. */
type Json = null | boolean | number | string | readonly Json[] | {
    readonly [name: string]: Json | undefined;
};
/** A JSON object, such as a record's `metadata`. */
type JsonObject = {
    readonly [name: string]: Json | undefined;
};

/**
 * Whose data: leads every key. The operator `system` holds what must be found before an operator is known.
 * Collections `of: 'site'` need the site; all else ignores it.
 */
type Scope = {
    operator: string;
    site?: string | undefined;
};

/** `waiting` for its instant or a worker, `leased` (its lease may have ended), or `parked`. */
type JobState = 'waiting' | 'leased' | 'parked';
/** A job as an operator sees it. */
type JobRecord = {
    id: string;
    scope: Scope;
    queue: string;
    key: string | null;
    data: Json;
    state: JobState;
    /** Leases so far, since it was enqueued or unparked. */
    attempt: number;
    /** When it was enqueued, by the storage's clock. */
    enqueuedAt: string;
    /** When it may run; the epoch for at once. */
    runAt: string;
    /** End of its lease; null unless it is leased. */
    leasedUntil: string | null;
    /** Who leased it last. */
    worker: string | null;
    /** What went wrong last. */
    error: string | null;
};

/** An amount of money, exact. Made by {@link money}; never converted to another currency. */
interface Money {
    /** Integer minor units by ISO 4217's exponent (cents for USD, yen for JPY, fils for KWD); a safe integer. */
    readonly amount: number;
    /** ISO 4217 code, upper case. */
    readonly currency: string;
}

/**
 * How a fraction of a minor unit is decided; the site's choice, applied once per documented step.
 * `half_up`: halves go away from zero (the default). `half_even`: halves go to the even neighbour.
 * `down`: always toward zero. Each treats negative amounts as the mirror of positive ones.
 */
type RoundingMode = 'half_up' | 'half_even' | 'down';

/** What the shopper has to do next. */
type NextStep = {
    type: 'redirect';
    url: string;
} | {
    type: 'client_secret';
    clientSecret: string;
} | {
    type: 'instructions';
    text: string;
    reference: string;
};

/** Who did something: opaque ids only. */
interface Actor {
    /** Kind of principal. */
    type: 'shopper' | 'customer' | 'staff' | 'service' | 'system';
    /** Opaque id: customer id of Bursar's, staff id, service id; empty for an unknown shopper and the system. */
    id: string;
    /** Customer for whom a service acted. */
    actingFor?: string | undefined;
}
/** Who changed what, when. Holds ids and names of fields, never values that can be personal. Append-only. */
interface AuditEvent {
    /** `aud_…` */
    id: string;
    /** Collection of the record. */
    collection: string;
    /** Record id. */
    record: string;
    /** Site id through which it was done. */
    site: string;
    /** Operation's name, such as `admin.products.update`. */
    operation: string;
    /** Who. */
    actor: Actor;
    /** Names of the members that changed. */
    fields: readonly string[];
    /** When. */
    at: Instant;
}

/** Every error code of the API. Codes are never renamed; a new one is a minor change, so clients have a default branch. */
declare const ERRORS: {
    readonly invalid_input: {
        readonly status: 400;
        readonly sentence: "The request is not valid: see the issues.";
        readonly audience: "developer";
    };
    readonly card_number_refused: {
        readonly status: 400;
        readonly sentence: "A field holds what looks like a card number. Card data goes to the processor’s own fields only.";
        readonly audience: "developer";
    };
    readonly body_already_read: {
        readonly status: 500;
        readonly sentence: "The body was read before Bursar saw it: mount the handler before any body parser.";
        readonly audience: "developer";
    };
    readonly idempotency_key_required: {
        readonly status: 400;
        readonly sentence: "This operation needs an Idempotency-Key: send a new random key for each intention.";
        readonly audience: "developer";
    };
    readonly bad_signature: {
        readonly status: 400;
        readonly sentence: "The signature of the event is not valid.";
        readonly audience: "developer";
    };
    readonly unauthenticated: {
        readonly status: 401;
        readonly sentence: "Sign in to do this.";
        readonly audience: "shopper";
    };
    readonly forbidden: {
        readonly status: 403;
        readonly sentence: "You may not do this.";
        readonly audience: "developer";
    };
    readonly not_found: {
        readonly status: 404;
        readonly sentence: "There is nothing here for you under that name.";
        readonly audience: "developer";
    };
    readonly site_unknown: {
        readonly status: 404;
        readonly sentence: "No shop answers under this name.";
        readonly audience: "operator";
    };
    readonly method_not_allowed: {
        readonly status: 405;
        readonly sentence: "This address does not know that method.";
        readonly audience: "developer";
    };
    readonly version_conflict: {
        readonly status: 409;
        readonly sentence: "It was changed meanwhile: fetch it again and repeat.";
        readonly audience: "developer";
        readonly retryable: true;
    };
    readonly idempotency_key_reused: {
        readonly status: 409;
        readonly sentence: "This Idempotency-Key belongs to another request: use a new one.";
        readonly audience: "developer";
    };
    readonly unique_taken: {
        readonly status: 409;
        readonly sentence: "Another record already has this name.";
        readonly audience: "operator";
    };
    readonly cart_not_open: {
        readonly status: 409;
        readonly sentence: "This cart was already ordered: start a new one.";
        readonly audience: "shopper";
    };
    readonly cart_empty: {
        readonly status: 409;
        readonly sentence: "The cart is empty.";
        readonly audience: "shopper";
    };
    readonly cart_full: {
        readonly status: 409;
        readonly sentence: "The cart holds as much as it can.";
        readonly audience: "shopper";
    };
    readonly not_sellable: {
        readonly status: 409;
        readonly sentence: "This cannot be bought here now.";
        readonly audience: "shopper";
    };
    readonly quantity_not_allowed: {
        readonly status: 409;
        readonly sentence: "That many cannot be bought at once.";
        readonly audience: "shopper";
    };
    readonly currency_not_offered: {
        readonly status: 409;
        readonly sentence: "This shop does not sell in that currency.";
        readonly audience: "shopper";
    };
    readonly code_not_valid: {
        readonly status: 409;
        readonly sentence: "This code is not valid.";
        readonly audience: "shopper";
    };
    readonly guard_refused: {
        readonly status: 409;
        readonly sentence: "The shop’s rules do not allow this.";
        readonly audience: "shopper";
    };
    readonly price_changed: {
        readonly status: 409;
        readonly sentence: "The price has changed: look at it and confirm.";
        readonly audience: "shopper";
    };
    readonly sold_out: {
        readonly status: 409;
        readonly sentence: "The last place was taken.";
        readonly audience: "shopper";
    };
    readonly consent_required: {
        readonly status: 409;
        readonly sentence: "Please agree to the terms first.";
        readonly audience: "shopper";
    };
    readonly payment_account_unknown: {
        readonly status: 409;
        readonly sentence: "This way to pay is not offered here.";
        readonly audience: "shopper";
    };
    readonly amount_not_payable: {
        readonly status: 409;
        readonly sentence: "This amount is too small or too large for the chosen way to pay.";
        readonly audience: "shopper";
    };
    readonly payment_in_progress: {
        readonly status: 409;
        readonly sentence: "A payment for this cart is under way: wait for its answer before you try again.";
        readonly audience: "shopper";
        readonly retryable: true;
    };
    readonly wrong_state: {
        readonly status: 409;
        readonly sentence: "This is not possible in its present state.";
        readonly audience: "operator";
    };
    readonly import_refused: {
        readonly status: 409;
        readonly sentence: "Some rows are not valid: nothing was imported.";
        readonly audience: "operator";
    };
    readonly body_too_large: {
        readonly status: 413;
        readonly sentence: "The body is larger than 256 kB.";
        readonly audience: "developer";
    };
    readonly unsupported_media_type: {
        readonly status: 415;
        readonly sentence: "Send JSON with Content-Type: application/json.";
        readonly audience: "developer";
    };
    readonly rate_limited: {
        readonly status: 429;
        readonly sentence: "Too many requests: wait a little.";
        readonly audience: "shopper";
        readonly retryable: true;
    };
    readonly internal: {
        readonly status: 500;
        readonly sentence: "Something went wrong on our side.";
        readonly audience: "operator";
    };
    readonly unavailable: {
        readonly status: 503;
        readonly sentence: "The shop cannot answer now: nothing was lost, try again shortly.";
        readonly audience: "shopper";
        readonly retryable: true;
    };
};
/** A stable error code. */
type ErrorCode = keyof typeof ERRORS;
/** Codes that any operation may answer with. */
type CommonErrorCode = 'invalid_input' | 'card_number_refused' | 'unauthenticated' | 'forbidden' | 'site_unknown' | 'body_too_large' | 'unsupported_media_type' | 'rate_limited' | 'internal' | 'unavailable';

/** What was wrong at one place of the input. */
interface InputIssue {
    /** Where: member names and indexes joined by dots, such as `lines.0.quantity`. */
    path: string;
    /** What was wrong and what to do. */
    message: string;
}
/** What an error may carry besides its code. */
interface ErrorDetails {
    /** A sentence of its own, instead of the code's. */
    message?: string | undefined;
    /** Which part of the input was wrong. */
    issues?: readonly InputIssue[] | undefined;
    /** A second, finer reason, such as `no_price`. */
    reason?: string | undefined;
    /** What else the caller needs: both quotes of `price_changed`, the missing kinds of `consent_required`. JSON. */
    data?: Json | undefined;
    /** Eight characters by which support finds the request. */
    reference?: string | undefined;
    /** Seconds to wait before another try. */
    retryAfter?: number | undefined;
    /** HTTP status of a code that this version of the package does not know. @default the code's own, else 500 */
    status?: number | undefined;
    /** The error beneath; never shown to a caller. */
    cause?: unknown;
}
declare const MARK: unique symbol;
/** The one error that the API throws, in-process and over HTTP alike. Tell it by {@link isBursarError}, not by `instanceof`. */
declare class BursarError<Code extends ErrorCode = ErrorCode> extends Error {
    readonly name = "BursarError";
    readonly [MARK] = true;
    /** Stable code. */
    readonly code: Code;
    /** HTTP status. */
    readonly status: number;
    /** Which part of the input was wrong; empty if that is not what failed. */
    readonly issues: readonly InputIssue[];
    /** A second, finer reason. */
    readonly reason: string | undefined;
    /** What else the caller needs. */
    readonly data: Json | undefined;
    /** Eight characters by which support finds the request. */
    readonly reference: string | undefined;
    /** Seconds to wait before another try. */
    readonly retryAfter: number | undefined;
    constructor(code: Code, details?: ErrorDetails);
    /** May the same request be sent again, unchanged, with the same key? */
    get isRetryable(): boolean;
}
/** Is it an error of Bursar's, of this code if one is given? Two installed copies of the package agree. */
declare function isBursarError<Code extends ErrorCode>(error: unknown, code?: Code): error is BursarError<Code>;

/** Where a record stands: archived ones stay for the orders that name them and are no longer sold. */
type RecordStatus = 'active' | 'archived';
/** What can be sold. Belongs to the operator; never assume that it is a course. */
interface Product {
    /** `prd_…` */
    id: string;
    /** Name of its product type: `course`, `program`, `book`, `service`, or the host's own. */
    type: string;
    /** The operator's own id for it, unique; imports are idempotent by it. */
    externalId: string | null;
    /** Title, any script. */
    title: string;
    /** Plain text or Markdown. */
    description: string;
    /** Values of the type's attributes. */
    attributes: JsonObject;
    /** Variant ids, in the order shown. */
    variants: readonly string[];
    /** Where it stands. */
    status: RecordStatus;
    /** When it was made. */
    createdAt: Instant;
    /** The host's own data. */
    metadata: JsonObject;
}
/** One part of a bundle. */
interface BundlePart {
    /** Name of the part within its bundle, stable. */
    id: string;
    /** The variant that the part is. */
    variantId: string;
}
/** How a bundle is priced and what it is made of. */
interface Bundle {
    /** Parts that are always in it. */
    parts: readonly BundlePart[];
    /** The bundle's own list price is split over the parts in proportion to their list prices. */
    pricing: {
        type: 'own_price';
    };
    /** What happens with parts that the buyer owns already. */
    ownedParts: 'sell_all';
}
/** How a variant is delivered: the provider's name as the host configured it, and a target in the provider's own shape. */
interface FulfilmentTarget {
    /** Provider's name. */
    provider: string;
    /** What to deliver. */
    target: Json;
}
/** What is put in a cart. Course modes (audit, verified, credit) are variants. */
interface Variant {
    /** `var_…` */
    id: string;
    /** Product id. */
    productId: string;
    /** The operator's own id for it, unique; imports are idempotent by it. */
    externalId: string | null;
    /** What distinguishes it from its siblings: `verified`, `hardcover`, … Unique within the product. */
    name: string;
    /** Title of the variant, or empty if the name suffices. */
    title: string;
    /** Values of the type's variant attributes. */
    attributes: JsonObject;
    /** Until when it is sold: a mode's upgrade deadline. Exclusive; null means no end. */
    saleEndsAt: Instant | null;
    /** From when it is sold, or null. */
    saleStartsAt: Instant | null;
    /** When the service that it sells begins and ends; an order line freezes both. */
    serviceStart: Instant | null;
    /** See `serviceStart`. */
    serviceEnd: Instant | null;
    /** How long the right lasts once it begins, in days, or null for no end. */
    validityDays: number | null;
    /** How many can be sold in all, or null. Enforced by a counter. */
    capacity: number | null;
    /** How many one cart line may hold, 1 to 1,000. A course for oneself is 1. */
    maximumQuantity: number;
    /** Category that tax tables know. */
    taxCategory: string;
    /** How it is delivered; null where nothing is (a bundle's parts have their own). */
    fulfilment: FulfilmentTarget | null;
    /** Parts, if it is a bundle. */
    bundle: Bundle | null;
    /** Where it stands. */
    status: RecordStatus;
}

/** A product on a site. Without one it is not on that site. Its id is the product's. */
interface Publication {
    /** Product id. */
    productId: string;
    /** Name in addresses, unique on the site. */
    slug: string;
    /** From when it is shown and sold, or null. */
    from: Instant | null;
    /** Until when (exclusive), or null. */
    until: Instant | null;
    /** Place in lists: smaller comes first; 0 to 1,000,000. */
    place: number;
}

/** A variant to be made or changed. In an update, a variant with a known `name` is changed, others are added; none is removed. */
interface VariantInput {
    /** Unique within the product. */
    name: string;
    /** The operator's own id. */
    externalId?: string | null | undefined;
    /** Title. @default '' */
    title?: string | undefined;
    /** Values of the type's variant attributes. */
    attributes?: JsonObject | undefined;
    /** See {@link Variant.saleStartsAt}. */
    saleStartsAt?: Instant | null | undefined;
    /** See {@link Variant.saleEndsAt}. */
    saleEndsAt?: Instant | null | undefined;
    /** See {@link Variant.serviceStart}. */
    serviceStart?: Instant | null | undefined;
    /** See {@link Variant.serviceEnd}. */
    serviceEnd?: Instant | null | undefined;
    /** See {@link Variant.validityDays}. */
    validityDays?: number | null | undefined;
    /** See {@link Variant.capacity}. */
    capacity?: number | null | undefined;
    /** 1 to 1,000. @default the product type's */
    maximumQuantity?: number | undefined;
    /** @default the product type's */
    taxCategory?: string | undefined;
    /** How it is delivered. */
    fulfilment?: FulfilmentTarget | null | undefined;
    /** Parts, if it is a bundle. */
    bundle?: Bundle | null | undefined;
    /** Archived variants are no longer sold. */
    status?: 'active' | 'archived' | undefined;
    /** All prices of the variant; replaces those that it has. */
    prices?: readonly {
        priceList: string;
        amount: number;
        minimumQuantity?: number | undefined;
    }[] | undefined;
}
/** A publication on the site of the call. */
interface PublicationInput {
    /** Name in addresses. @default made from the title */
    slug?: string | undefined;
    /** From when, or null. */
    from?: Instant | null | undefined;
    /** Until when (exclusive), or null. */
    until?: Instant | null | undefined;
    /** Place in lists, 0 to 1,000,000. @default 1,000 */
    place?: number | undefined;
}
/** Input of `admin.products.create`. */
interface CreateProductInput {
    /** Name of a product type. */
    type: string;
    /** 1 to 300 characters. */
    title: string;
    /** At most 20,000 characters. */
    description?: string | undefined;
    /** The operator's own id, unique. */
    externalId?: string | null | undefined;
    /** Values of the type's attributes. */
    attributes?: JsonObject | undefined;
    /** At least one, at most 50. */
    variants: readonly VariantInput[];
    /** Puts it on the site of the call. */
    publication?: PublicationInput | undefined;
    /** The host's own data. */
    metadata?: JsonObject | undefined;
}
/** Input of `admin.products.update`. What is absent stays. */
interface UpdateProductInput {
    /** Product id. */
    productId: string;
    /** 1 to 300 characters. */
    title?: string | undefined;
    /** At most 20,000 characters. */
    description?: string | undefined;
    /** Values of the type's attributes; replaces them all. */
    attributes?: JsonObject | undefined;
    /** Variants to change or add. */
    variants?: readonly VariantInput[] | undefined;
    /** Puts it on the site of the call or changes its publication; null takes it off. */
    publication?: PublicationInput | null | undefined;
    /** The host's own data. */
    metadata?: JsonObject | undefined;
}
/** A product as staff see it. */
interface AdminProduct {
    /** The product. */
    product: Product;
    /** Version of the record. */
    version: number;
    /** Its variants with their prices. */
    variants: readonly (Variant & {
        prices: readonly {
            priceList: string;
            amount: number;
            minimumQuantity: number;
        }[];
    })[];
    /** Its publication on the site of the call, or null. */
    publication: Publication | null;
}
/** Names a product. */
interface ProductRef {
    /** Product id. */
    productId: string;
}

/** A variant as shoppers see it. */
interface VariantView {
    /** `var_…` */
    id: string;
    /** `verified`, `hardcover`, … */
    name: string;
    /** Title, or empty. */
    title: string;
    /** Values of the type's variant attributes. */
    attributes: JsonObject;
    /** List price of one unit in the first currency that it has of the site's, or null where it can't be bought. */
    price: Money | null;
    /** From when it is sold, or null. */
    saleStartsAt: Instant | null;
    /** Until when (exclusive) it is sold, or null. */
    saleEndsAt: Instant | null;
    /** How many one line may hold. */
    maximumQuantity: number;
    /** Parts of a bundle; empty if it is none. */
    parts: readonly {
        id: string;
        productId: string;
        variantId: string;
        title: string;
    }[];
    /** Can it be bought now? */
    onSale: boolean;
}
/** A product as shoppers see it on a site. */
interface ProductView {
    /** `prd_…` */
    id: string;
    /** Name in addresses. */
    slug: string;
    /** Product type. */
    type: string;
    /** Title. */
    title: string;
    /** Plain text or Markdown. */
    description: string;
    /** Values of the type's attributes. */
    attributes: JsonObject;
    /** In the order shown. */
    variants: readonly VariantView[];
}
/** Input of `products.list`. */
interface ListProductsInput {
    /** What a person typed; every word must be the beginning of a word of the title or the description. */
    search?: string | undefined;
    /** Product type. */
    type?: string | undefined;
    /** ISO 4217 code of the prices. @default the site's first */
    currency?: string | undefined;
    /** `nextCursor` of the page before. */
    cursor?: string | undefined;
    /** 1 to 100. @default 20 */
    limit?: number | undefined;
}
/** Input of `products.get`. */
interface GetProductInput {
    /** Product id or slug. */
    idOrSlug: string;
    /** ISO 4217 code of the prices. @default the site's first */
    currency?: string | undefined;
}

/** A price that a row names. */
interface CatalogRowPrice {
    /** ISO 4217 code. */
    readonly currency: string;
    /** Minor units of one piece, zero or more. */
    readonly amount: number;
    /** From how many pieces on it holds; 1 is the plain price. */
    readonly minimumQuantity: number;
}

/** One validated row of an imported file: one variant of a product on a site. */
interface CatalogRow {
    /** Line of the file on which the row begins, from 1, for reports. */
    readonly line: number;
    /** The operator's own id of the product. */
    readonly productExternalId: string;
    /** Name of the product type. */
    readonly type: string;
    /** Title of the product, any script. */
    readonly title: string;
    /** Description of the product; may be empty. */
    readonly description: string;
    /** Name of the product in addresses. */
    readonly slug: string;
    /** Was the slug in the file, or made from the title? A made one need not replace what a shop already shows. */
    readonly slugSource: 'given' | 'derived';
    /** Values of the type's product attributes. */
    readonly productAttributes: JsonObject;
    /** The operator's own id of the variant; `product:name` where the file gives none. */
    readonly variantExternalId: string;
    /** What distinguishes the variant within its product, such as a course mode; `standard` where the file gives none. */
    readonly variantName: string;
    /** Title of the variant; may be empty. */
    readonly variantTitle: string;
    /** Values of the type's variant attributes. */
    readonly variantAttributes: JsonObject;
    /** At most one per currency and quantity, sorted by both. Never empty where `publish` is true. */
    readonly prices: readonly CatalogRowPrice[];
    /** From when the variant is sold, or null. */
    readonly saleStartsAt: Instant | null;
    /** Until when it is sold (exclusive), such as an upgrade deadline, or null. */
    readonly saleEndsAt: Instant | null;
    /** When the service that it sells begins, or null. */
    readonly serviceStart: Instant | null;
    /** When it ends (exclusive), or null. */
    readonly serviceEnd: Instant | null;
    /** For how many days the right lasts once it begins, or null for no end. */
    readonly validityDays: number | null;
    /** How many can be sold in all, or null. */
    readonly capacity: number | null;
    /** How many one cart line may hold, 1 to 1,000. */
    readonly maximumQuantity: number;
    /** Category that tax tables know. */
    readonly taxCategory: string;
    /** How it is delivered, or null. Always null for a bundle, whose parts have their own. */
    readonly fulfilment: FulfilmentTarget | null;
    /** External ids of the variants that it is made of; empty unless it is a bundle. */
    readonly bundleParts: readonly string[];
    /** Names of the collections that the product belongs to. */
    readonly collections: readonly string[];
    /** Does the product appear on the site? */
    readonly publish: boolean;
    /** From when it appears, or null. */
    readonly publishFrom: Instant | null;
    /** Until when (exclusive), or null. */
    readonly publishUntil: Instant | null;
}

/** A learner's account at one platform. */
interface LearnerLink {
    /** Name of the fulfilment provider, as the host configured it. */
    platform: string;
    /** The learner's id there. */
    learnerId: string;
}
/**
 * A person: who buys, or who was named as recipient and has not signed in yet (`hostId` is null then).
 * The only record that holds personal data; all others hold its id. Belongs to the operator.
 */
interface Customer {
    /** `cus_…`: opaque, says nothing of the person. */
    id: string;
    /** The customer's id at the host, or null. */
    hostId: string | null;
    /** E-mail address, lower case, or null. */
    email: string | null;
    /** Name, or null. */
    name: string | null;
    /** Accounts at learning platforms, one per platform. */
    links: readonly LearnerLink[];
    /** Names of the customer groups. */
    groups: readonly string[];
    /** When the record was made. */
    createdAt: Instant;
    /** When the personal data were erased, or null. */
    erasedAt: Instant | null;
}

/**
 * Who gets a line's right, as a caller says it. `buyer` is the default.
 * A named learner or an e-mail becomes a customer record without a host id, so that carts and orders hold ids only.
 */
type RecipientInput = {
    type: 'buyer';
} | {
    type: 'learner';
    platform: string;
    learnerId: string;
} | {
    type: 'email';
    email: string;
};
/** Who gets a line's right, as records keep it: a customer's id. `claim`: an e-mail that nobody has claimed yet. */
type Recipient = {
    type: 'buyer';
} | {
    type: 'customer';
    customerId: string;
} | {
    type: 'claim';
    customerId: string;
};

/** Where an entitlement stands. */
type EntitlementState = 'pending' | 'active' | 'suspended' | 'used' | 'expired' | 'withdrawn';

/** What a delivery waits for. */
type WaitingFor = 'payment' | 'approval' | 'verification' | 'run_choice' | 'redemption' | 'claim' | 'start';
/** Where a delivery stands. */
type DeliveryState = 'waiting' | 'queued' | 'delivered' | 'parked' | 'withdrawing' | 'withdrawn' | 'withdraw_parked';
/** One request to a fulfilment provider, for one entitlement. Belongs to the operator. */
interface Grant {
    /** `grt_…`: the idempotency key of the delivery, for ever. */
    id: string;
    /** Entitlement id. */
    entitlementId: string;
    /** Who gets it. */
    customerId: string;
    /** Provider's name. */
    provider: string;
    /** What is delivered, in the provider's shape. */
    target: Json;
    /** Site id of the order. */
    site: string;
    /** Order id. */
    orderId: string;
    /** Order number, for the provider's records. */
    orderNumber: string;
    /** Order line id. */
    lineId: string;
    /** Unit of the line, from 1. */
    unit: number;
    /** Part of the line. */
    part: string;
    /** Where it stands. */
    state: DeliveryState;
    /** What it waits for, or null. */
    waitingFor: WaitingFor | null;
    /** Why it is parked, or null. */
    reason: string | null;
    /** The recipient's state at the provider before our first grant, or null. */
    before: Json | null;
    /** What the recipient may see, or null. */
    detail: Json | null;
    /** When it was sold. */
    soldAt: Instant;
    /** When what it opens begins, or null: after an outage the nearest goes first. */
    serviceStart: Instant | null;
    /** When it was delivered, or null. */
    deliveredAt: Instant | null;
}

/** Where a payment stands. `captured → failed` exists: money can fail days later. */
type PaymentState = 'created' | 'requires_action' | 'processing' | 'authorized' | 'captured' | 'failed' | 'cancelled' | 'expired';
/** One call that moves money, stored before it is made. Its id is the idempotency key. */
interface PaymentOperation {
    /** `pop_…`: the key of the call at the processor, until a definite failure. */
    id: string;
    /** What it does. */
    kind: 'open' | 'capture' | 'void' | 'refund';
    /** Minor units of the payment's currency. */
    amount: number;
    /** `started`: stored, and nobody knows yet whether it acted. */
    state: 'started' | 'succeeded' | 'pending' | 'declined' | 'failed';
    /** When it was stored. */
    at: Instant;
    /** Why it was declined or failed, for logs. */
    reason?: string | undefined;
}
/** An attempt to take money for one order. Belongs to the operator; `site` says where its order is. */
interface Payment {
    /** `pay_…` */
    id: string;
    /** Order id. */
    orderId: string;
    /** Site id of the order. */
    site: string;
    /** Payment account id. */
    account: string;
    /** Name of the processor. */
    processor: string;
    /** Exactly the order's total. */
    amount: Money;
    /** Where it stands. */
    state: PaymentState;
    /** The processor's own id, once known. */
    reference: string | null;
    /** Captured so far, minor units. */
    captured: number;
    /** Given back so far, minor units. */
    refunded: number;
    /** Every call, oldest first. */
    operations: readonly PaymentOperation[];
    /** What the shopper has to do next, or null. */
    next: NextStep | null;
    /** Was it accepted to be paid later? */
    onAccount: boolean;
    /** Hash of the quote that it is bound to. */
    quoteHash: string;
    /** Why it was declined or failed, or null. */
    reason: string | null;
    /** Until when an authorisation can be captured, or null. */
    captureBefore: Instant | null;
    /** From when it is closed if nobody paid. */
    expiresAt: Instant;
    /** When it was made. */
    createdAt: Instant;
}

/** A configured account at a processor. Data, not code: sites name the accounts that they offer. Lives in the system's scope. */
interface PaymentAccount {
    /** `pac_…` or a short name, unique over all operators; it stands in the webhook's address. */
    id: string;
    /** Operator id. */
    operator: string;
    /** Name of the processor as the host configured it: `stripe`. */
    processor: string;
    /** Name that shoppers see: `Card`. */
    title: string;
    /** Test money or live money. */
    mode: 'test' | 'live';
    /** Seller id. */
    seller: string;
    /** ISO 4217 codes that it takes. */
    currencies: readonly string[];
    /** References that the host's `secrets` function resolves, by the names that the processor asks for. */
    secretRefs: {
        readonly [name: string]: string;
    };
    /** Is it offered? A disabled account still finishes what it began. */
    status: 'active' | 'disabled';
}

/** What somebody agrees to. */
type ConsentKind = 'terms' | 'privacy' | 'withdrawal_waiver' | 'marketing';
/** What the shopper says at checkout. */
interface ConsentInput {
    /** What it is about. */
    kind: ConsentKind;
    /** Version of the text that was shown. */
    textVersion: string;
    /** BCP 47 tag of the text that was shown. */
    locale: string;
    /** Yes or no. */
    given: boolean;
}
/** A consent as the order keeps it. */
interface Consent extends ConsentInput {
    /** When it was given or refused. */
    at: Instant;
}

/** The legal entity that sells. Every order has one. */
interface Seller {
    /** `sel_…` */
    id: string;
    /** Name on invoices. */
    legalName: string;
    /** Lines of the postal address. */
    address: readonly string[];
    /** ISO 3166-1 alpha-2. */
    country: string;
    /** Tax numbers by jurisdiction. */
    taxRegistrations: readonly {
        country: string;
        number: string;
    }[];
    /** ISO 4217 code of its books. */
    currency: string;
    /** IANA zone in which its business days are counted. */
    timeZone: string;
    /** Prefix of its invoice numbers. */
    invoicePrefix: string;
}

/** What a site does with a sale whose facts it could not learn. */
type UnknownPolicy = 'sell_and_review' | 'refuse';
/** One storefront of an operator. Carts, orders and number series belong to it. */
interface Site {
    /** `sit_…` or a short name that the operator chose; unique over all operators. */
    id: string;
    /** Name that shoppers see. */
    name: string;
    /** Exact host names, in lower case, without port. */
    hosts: readonly string[];
    /** Origins that browsers may call from, such as `https://learn.example.org`. */
    origins: readonly string[];
    /** Addresses to which a shopper may be sent back; a URL must begin with one of them. */
    returnUrls: readonly string[];
    /** Seller id. */
    seller: string;
    /** ISO 4217 codes; the first is the default. */
    currencies: readonly string[];
    /** BCP 47 tags; the first is the default. */
    locales: readonly string[];
    /** IANA zone of the site's dates. */
    timeZone: string;
    /** ISO 3166-1 alpha-2: the place of sale assumed until something better is known. */
    country: string;
    /** Price lists that the site sells from, by id. */
    priceLists: readonly string[];
    /** Payment accounts that it offers, by id, in the order shown. */
    paymentAccounts: readonly string[];
    /** Consents that checkout requires. */
    requiredConsents: readonly ConsentKind[];
    /** May somebody without an account check out? */
    allowsGuests: boolean;
    /** Does delivery start when an order on account is placed, before it is paid? */
    deliversOnAccount: boolean;
    /** What happens to the rights of an order whose captured payment fails later. */
    onPaymentFailure: 'suspend' | 'keep';
    /** How fractions of a minor unit are rounded. */
    rounding: RoundingMode;
    /** Are list prices shown with tax (`inclusive`) or without? */
    priceBasis: 'inclusive' | 'exclusive';
    /** Is money captured at once, or authorised and captured later? */
    capture: 'automatic' | 'manual';
    /** Minutes for which a checkout keeps what it holds; then the payment is closed. 5 to 10,080. */
    checkoutMinutes: number;
    /** Policies for facts that could not be learnt. */
    policies: {
        ownership: UnknownPolicy;
        tax: UnknownPolicy;
        screening: UnknownPolicy;
    };
    /** Prefix of order numbers. */
    orderPrefix: string;
    /** Design tokens by name; validated when a theme is written. */
    theme: {
        readonly [token: string]: string;
    };
}

/** A way to pay, as shoppers see it. */
interface PaymentMethodView {
    /** Payment account id: what checkout is given. */
    account: string;
    /** Name that shoppers see. */
    title: string;
    /** Name of the processor: which adapter a page loads. */
    processor: string;
    /** Test money or live money. */
    mode: 'test' | 'live';
    /** ISO 4217 codes. */
    currencies: readonly string[];
}
/** A site as shoppers see it. */
interface SiteView {
    /** Site id. */
    id: string;
    /** Name. */
    name: string;
    /** ISO 4217 codes; the first is the default. */
    currencies: readonly string[];
    /** BCP 47 tags; the first is the default. */
    locales: readonly string[];
    /** IANA zone of its dates. */
    timeZone: string;
    /** Do prices contain tax? */
    priceBasis: 'inclusive' | 'exclusive';
    /** May somebody without an account check out? */
    allowsGuests: boolean;
    /** What checkout asks consent for. */
    requiredConsents: readonly ConsentKind[];
    /** Ways to pay, in the order shown. */
    paymentMethods: readonly PaymentMethodView[];
    /** Design tokens by name. */
    theme: {
        readonly [token: string]: string;
    };
}

/** The last place and hash of a stream, kept by its owner. */
interface StreamHead {
    /** 0 before the first. */
    seq: number;
    /** Empty before the first. */
    hash: string;
}

/** A set of prices in one currency, and for whom and when it counts. A site names the lists that it sells from. */
interface PriceList {
    /** `prl_…` */
    id: string;
    /** Name for staff. */
    name: string;
    /** ISO 4217 code. */
    currency: string;
    /** Customer groups for whom it counts; null means everybody. */
    groups: readonly string[] | null;
    /** Places of sale (ISO 3166-1 alpha-2) for which it counts; null means everywhere. */
    countries: readonly string[] | null;
    /** From when it counts, or null. */
    from: Instant | null;
    /** Until when (exclusive), or null. */
    until: Instant | null;
    /** The larger wins; ties by the smaller id. 0 to 1,000. */
    priority: number;
    /** Where it stands. */
    status: RecordStatus;
}

/** What must hold for a promotion to apply. Kinds are values, each in a file of `conditions/`. */
type PromotionCondition = {
    type: 'products';
    products: readonly string[];
} | {
    type: 'variants';
    variants: readonly string[];
} | {
    type: 'product_types';
    productTypes: readonly string[];
} | {
    type: 'minimum_subtotal';
    amounts: readonly Money[];
};
/** What a promotion gives. Kinds are values, each in a file of `benefits/`. */
type PromotionBenefit = 
/** Percent off the lines that the conditions select; a decimal string, over 0 to 100. */
{
    type: 'percent';
    percent: string;
}
/** An amount off in all, over the lines that the conditions select; one entry per currency. */
 | {
    type: 'fixed';
    amounts: readonly Money[];
};
/** Conditions, one benefit, limits and stacking. Belongs to the operator. */
interface Promotion {
    /** `pro_…` */
    id: string;
    /** Name that shoppers see beside the discount. */
    name: string;
    /** Sites where it runs; null means all of the operator's. */
    sites: readonly string[] | null;
    /** From when, or null. */
    from: Instant | null;
    /** Until when (exclusive), or null. */
    until: Instant | null;
    /** Only with a code, or for everybody? */
    requiresCode: boolean;
    /** All must hold; those that name lines also select the lines that get the benefit. */
    conditions: readonly PromotionCondition[];
    /** What it gives. */
    benefit: PromotionBenefit;
    /** Uses in all and per customer; null means no limit. Enforced by holds. */
    limits: {
        uses: number | null;
        usesPerCustomer: number | null;
    };
    /** `combinable` with others of its kind, or `exclusive`: alone or not at all. */
    stacking: 'combinable' | 'exclusive';
    /** Order of application, the larger first; ties by the smaller id. 0 to 1,000. */
    priority: number;
    /** Where it stands. */
    status: 'active' | 'archived';
}
/** What a shopper types to get a promotion. Unique per site. */
interface Code {
    /** `cod_…`: what carts and addresses name; the code itself is a secret. */
    id: string;
    /** As typed, normalised by {@link normaliseCode}. */
    code: string;
    /** The one site where it is valid, or `*` for all sites of the operator. */
    site: string;
    /** Promotion id. */
    promotionId: string;
    /** How often it can be used in all, or null. */
    uses: number | null;
    /** From when, or null. */
    from: Instant | null;
    /** Until when (exclusive), or null. */
    until: Instant | null;
    /** A revoked code is not valid. */
    status: 'active' | 'revoked';
}

/** One rate of a tax in one place for one category. Belongs to the operator. */
interface TaxRate {
    /** Chosen by the operator: `de-standard`. */
    id: string;
    /** ISO 3166-1 alpha-2. */
    country: string;
    /** Tax category of variants, or `*` for any that has no rate of its own. */
    category: string;
    /** Name that shoppers see: `VAT`. */
    name: string;
    /** Percent as a decimal string with at most six decimals. */
    rate: string;
}

/** Where the sale takes place, and how that is known. */
interface PlaceOfSale {
    /** ISO 3166-1 alpha-2. */
    country: string;
    /** `assumed`: the site's country; `declared`: the shopper said so; `evidenced`: proven. */
    basis: 'assumed' | 'declared' | 'evidenced';
}
/** Why a line can't be sold. */
type LineRefusal = 'no_price' | 'not_published' | 'archived' | 'not_yet_on_sale' | 'no_longer_on_sale' | 'sold_out' | 'quantity_above_limit' | 'part_not_available';

/** The steps of a quote, in their order. */
type QuoteStep = 'price' | 'test_price' | 'upgrade' | 'bundle' | 'line_promotion' | 'cart_promotion' | 'fee' | 'tax';
/** What made an adjustment. */
type AdjustmentCause = {
    type: 'price_list';
    priceList: string;
    minimumQuantity: number;
} | {
    type: 'promotion';
    promotion: string;
    code: string | null;
} | {
    type: 'tax_rate';
    taxRate: string;
    rate: string;
};
/** One step of a line's price. The amounts of a line's adjustments add up to its total. */
interface Adjustment {
    /** Which step. */
    step: QuoteStep;
    /** What it adds to the line's total, minor units; negative for a discount; 0 for a tax that the price contains. */
    amount: number;
    /** Tax contained in the price, minor units; only with `step: 'tax'` where prices are inclusive. */
    included?: number | undefined;
    /** What made it. */
    cause: AdjustmentCause;
    /** A sentence for the shopper. */
    reason: string;
}
/** A tax on a part. */
interface PartTax {
    /** Tax rate id. */
    taxRate: string;
    /** Percent, decimal string. */
    rate: string;
    /** Country of the tax. */
    jurisdiction: string;
    /** Minor units. */
    amount: number;
}
/** Amounts of one part of a line, over all its units, minor units. A line that is no bundle has one part, named `all`. */
interface QuotePart {
    /** Name of the part. */
    id: string;
    /** The variant that the part is. */
    variantId: string;
    /** Before discounts, in the site's price basis. */
    base: number;
    /** Taken off, 0 or more, in the site's price basis. */
    discount: number;
    /** Without tax. */
    net: number;
    /** Tax. */
    tax: number;
    /** What is paid: net + tax. */
    total: number;
    /** The taxes in `tax`. */
    taxes: readonly PartTax[];
}
/** One line of a quote. `null` amounts never occur: what can't be sold costs 0 and says why in `refusal`. */
interface QuoteLine {
    /** Cart line id. */
    id: string;
    /** Variant id. */
    variantId: string;
    /** Product id. */
    productId: string;
    /** Title of the product. */
    title: string;
    /** Name of the variant. */
    variantName: string;
    /** How many. */
    quantity: number;
    /** List price of one unit, minor units. */
    unitPrice: number;
    /** unitPrice × quantity. */
    base: number;
    /** Taken off, 0 or more. */
    discount: number;
    /** Without tax. */
    net: number;
    /** Tax. */
    tax: number;
    /** What is paid. */
    total: number;
    /** Each step, in order. */
    adjustments: readonly Adjustment[];
    /** Amounts by part. */
    parts: readonly QuotePart[];
    /** Why the line can't be sold, or null. */
    refusal: LineRefusal | null;
}
/** Why a code gives nothing. */
type CodeRefusal = 'not_valid' | 'not_yet_valid' | 'expired' | 'used_up' | 'used_by_you' | 'not_for_these_items' | 'below_minimum' | 'not_with_others';
/** What became of a code in the cart. */
interface QuoteCode {
    /** Code id. */
    id: string;
    /** As normalised. */
    code: string;
    /** Did it take something off? */
    applied: boolean;
    /** Why not, or null. */
    refusal: CodeRefusal | null;
}
/** What a quote means to use of something limited; checkout takes a hold for each. */
interface QuoteUse {
    /** Name of the counter. */
    counter: string;
    /** How many. */
    n: number;
    /** The counter's limit. */
    limit: number;
}
/** The priced cart. A pure function of its inputs; all amounts in minor units of `currency`. */
interface Quote {
    /** Version of the engine. */
    engine: number;
    /** ISO 4217 code. */
    currency: string;
    /** Where the sale takes place. */
    place: PlaceOfSale;
    /** In the cart's order. */
    lines: readonly QuoteLine[];
    /** Codes of the cart. */
    codes: readonly QuoteCode[];
    /** Sum of the lines before discounts. */
    base: number;
    /** Sum of the discounts. */
    discount: number;
    /** Sum of the lines without tax. */
    net: number;
    /** Sum of the taxes. */
    tax: number;
    /** What is to be paid: the lines' totals. */
    total: number;
    /** Do prices contain tax? */
    priceBasis: 'inclusive' | 'exclusive';
    /** Is something decided only at checkout, because the shopper is not known yet? */
    provisional: boolean;
    /** What it would use of limited things. */
    uses: readonly QuoteUse[];
}

/** What a pending order holds of something limited; the hold's id is the order's. */
interface Hold {
    /** Name of the counter. */
    counter: string;
    /** How many. */
    n: number;
}

/** A line to be priced. */
interface QuoteLineInput {
    /** Variant id. */
    variantId: string;
    /** 1 to 1,000. @default 1 */
    quantity?: number | undefined;
}
/** Input of `quotes.create`: prices for a page, without a cart. */
interface CreateQuoteInput {
    /** 1 to 50. */
    lines: readonly QuoteLineInput[];
    /** ISO 4217 code. @default the site's first */
    currency?: string | undefined;
    /** Place of sale, ISO 3166-1 alpha-2. */
    country?: string | undefined;
    /** Codes as typed, at most 20. */
    codes?: readonly string[] | undefined;
    /** `each`: every line priced as if alone, for course cards; `together`: as one cart. @default 'each' */
    mode?: 'each' | 'together' | undefined;
}

/** What money an order has to do with, in minor units. Derived from operations, never set by hand. */
interface MoneyAmounts {
    /** What is still to be paid. */
    due: number;
    /** Authorised and not captured. */
    authorized: number;
    /** Captured. */
    captured: number;
    /** Given back. */
    refunded: number;
    /** Taken by disputes. */
    disputed: number;
    /** Given up. */
    writtenOff: number;
}
/** The state that the amounts make. `disputed` stands beside it: see {@link MoneyAmounts.disputed}. */
type MoneyState = 'unpaid' | 'on_account' | 'overdue' | 'authorized' | 'partly_paid' | 'paid' | 'partly_refunded' | 'refunded' | 'written_off';

/** Where an order stands; money and delivery are axes of their own. */
type OrderState = 'pending' | 'awaiting_approval' | 'on_hold' | 'placed' | 'closed' | 'cancelled';
/** The frozen share of one (unit, part) in all that the order charges, minor units. */
interface Allocation {
    /** Part id. */
    part: string;
    /** Before discounts. */
    base: number;
    /** Taken off. */
    discount: number;
    /** Without tax. */
    net: number;
    /** Tax. */
    tax: number;
    /** What was charged: net + tax. */
    total: number;
}
/** A run of units with equal allocations: most lines have one or two. */
interface UnitRun {
    /** First unit, from 1. */
    first: number;
    /** How many units. */
    count: number;
    /** One per part; of each single unit. */
    allocations: readonly Allocation[];
}
/** A part of an order line: what is delivered. A line that is no bundle has one, named `all`. */
interface Part {
    /** Part id within the line. */
    id: string;
    /** Variant id. */
    variantId: string;
    /** Product id. */
    productId: string;
    /** How it is delivered; null where nothing is. */
    fulfilment: FulfilmentTarget | null;
    /** The taxes on all units of the part. */
    taxes: readonly PartTax[];
    /** When the service begins, or null. */
    serviceStart: Instant | null;
    /** When it ends, or null. */
    serviceEnd: Instant | null;
    /** How long the right lasts, in days, or null. */
    validityDays: number | null;
}
/** One line of an order, frozen. */
interface OrderLine {
    /** The cart line's id. */
    id: string;
    /** Variant id. */
    variantId: string;
    /** Product id. */
    productId: string;
    /** Title as it was sold. */
    title: string;
    /** Name of the variant as it was sold. */
    variantName: string;
    /** How many. */
    quantity: number;
    /** List price of one unit. */
    unitPrice: number;
    /** unitPrice × quantity. */
    base: number;
    /** Taken off. */
    discount: number;
    /** Without tax. */
    net: number;
    /** Tax. */
    tax: number;
    /** What is charged. */
    total: number;
    /** Each step of the price. */
    adjustments: readonly Adjustment[];
    /** What it is made of. */
    parts: readonly Part[];
    /** Shares of each unit and part, as runs in order; they sum to the line. */
    units: readonly UnitRun[];
    /** Who gets it. */
    recipient: Recipient;
    /** How a refund of a part is reckoned. */
    refundRule: 'share' | 'reprice' | 'whole_only';
}
/** An accepted quote, frozen. Belongs to a site. */
interface Order {
    /** `ord_…` */
    id: string;
    /** Unique on the site; may have gaps. */
    number: string;
    /** Cart id. */
    cartId: string;
    /** Version of the cart that was ordered. */
    cartVersion: number;
    /** Customer id; a guest gets a customer record at checkout. */
    customerId: string;
    /** SHA-256 of the token by which a guest sees the order, or null. */
    tokenHash: string | null;
    /** Seller id. */
    seller: string;
    /** ISO 4217 code. */
    currency: string;
    /** Where it stands. */
    state: OrderState;
    /** In the cart's order. */
    lines: readonly OrderLine[];
    /** Sum before discounts. */
    base: number;
    /** Sum of the discounts. */
    discount: number;
    /** Sum without tax. */
    net: number;
    /** Sum of the taxes. */
    tax: number;
    /** What is charged. */
    total: number;
    /** Did prices contain tax? */
    priceBasis: 'inclusive' | 'exclusive';
    /** Where the sale took place. */
    place: PlaceOfSale;
    /** What was agreed to. */
    consents: readonly Consent[];
    /** Hash of the pricing inputs, which are kept as one document. */
    inputsHash: string;
    /** Hash of the quote that was accepted. */
    quoteHash: string;
    /** Version of the pricing engine. */
    engine: number;
    /** Money, derived from operations. */
    money: MoneyAmounts;
    /** Was it accepted to be paid later? */
    onAccount: boolean;
    /** The live or last payment, or null for a total of zero. */
    paymentId: string | null;
    /** Holds taken at checkout; the hold's id is the order's. */
    holds: readonly Hold[];
    /** Did it sell on facts that could not be learnt? Each is settled by the site's policy. */
    reviews: readonly ('ownership' | 'tax' | 'screening')[];
    /** Head of the order's stream in the journal. */
    journal: StreamHead;
    /** Head of the order's stream of domain events. */
    events: StreamHead;
    /** When checkout started. */
    createdAt: Instant;
    /** When it was placed, or null. */
    placedAt: Instant | null;
    /** When it ended without being placed, or null, and why. */
    cancelledAt: Instant | null;
    /** Why it was cancelled, or null. */
    cancelReason: string | null;
    /** The host's own data. */
    metadata: JsonObject;
}

/** A payment as shoppers see it. */
interface PaymentView {
    /** `pay_…` */
    id: string;
    /** Payment account id. */
    account: string;
    /** Where it stands. */
    status: PaymentState;
    /** Is its outcome in doubt? Then nothing but waiting or asking again is right. */
    inDoubt: boolean;
    /** What the shopper has to do next, or null. */
    next: NextStep | null;
}
/** One delivery: of one part of one unit. */
interface DeliveryView {
    /** `grt_…`, or the entitlement's id where nothing is delivered. */
    id: string;
    /** Unit of the line, from 1. */
    unit: number;
    /** Part of the line. */
    part: string;
    /** Where it stands. */
    state: DeliveryState;
    /** What it waits for, or null. */
    waitingFor: WaitingFor | null;
    /** What the recipient may see, such as a download address, or null. */
    detail: Json | null;
}
/** A line of an order as callers see it. Amounts in minor units. */
interface OrderLineView {
    /** Line id. */
    id: string;
    /** Variant id. */
    variantId: string;
    /** Product id. */
    productId: string;
    /** Title as it was sold. */
    title: string;
    /** Name of the variant as it was sold. */
    variantName: string;
    /** How many. */
    quantity: number;
    /** List price of one unit. */
    unitPrice: number;
    /** Taken off. */
    discount: number;
    /** Without tax. */
    net: number;
    /** Tax. */
    tax: number;
    /** What is charged. */
    total: number;
    /** Each step of the price. */
    adjustments: readonly Adjustment[];
    /** Who gets it. */
    recipient: Recipient;
    /** Each delivery. */
    deliveries: readonly DeliveryView[];
}
/** An order as callers see it: three axes, never one. */
interface OrderView {
    /** `ord_…` */
    id: string;
    /** Its number for people. */
    number: string;
    /** Version of the record. */
    version: number;
    /** Cart id. */
    cartId: string;
    /** Where the order stands. */
    state: OrderState;
    /** Where its money stands. */
    money: {
        state: MoneyState;
        disputed: boolean;
        amounts: MoneyAmounts;
    };
    /** The least advanced of its deliveries, or null where there is nothing to deliver yet. */
    delivery: DeliveryState | null;
    /** ISO 4217 code. */
    currency: string;
    /** Sum before discounts. */
    base: number;
    /** Sum of the discounts. */
    discount: number;
    /** Sum without tax. */
    net: number;
    /** Sum of the taxes. */
    tax: number;
    /** What is charged. */
    total: number;
    /** Where the sale took place. */
    place: PlaceOfSale;
    /** Lines. */
    lines: readonly OrderLineView[];
    /** The live or last payment, or null for a total of zero. */
    payment: PaymentView | null;
    /** When checkout started. */
    createdAt: Instant;
    /** When it was placed, or null. */
    placedAt: Instant | null;
    /** Why it ended without being placed, or null. */
    cancelReason: string | null;
}
/** An entitlement as its holder sees it. */
interface EntitlementView {
    /** `ent_…` */
    id: string;
    /** Variant id. */
    variantId: string;
    /** Product id. */
    productId: string;
    /** Title of the product now. */
    title: string;
    /** Name of the variant. */
    variantName: string;
    /** Where it stands. */
    state: EntitlementState;
    /** From when it counts. */
    validFrom: Instant;
    /** Until when (exclusive), or null. */
    validUntil: Instant | null;
    /** The order that gave it. */
    orderId: string;
    /** Its delivery, or null where nothing is delivered. */
    delivery: DeliveryView | null;
}
/** Input of `orders.get`. */
interface GetOrderInput {
    /** Order id. */
    orderId: string;
}
/** Input of `orders.refreshPayment`: asks the processor, for pages that shoppers come back to. */
interface RefreshPaymentInput {
    /** Order id. */
    orderId: string;
}

/** A line as callers see it. */
interface CartLineView {
    /** Made by the caller. */
    id: string;
    /** Variant id. */
    variantId: string;
    /** 1 to 1,000. */
    quantity: number;
    /** Who gets it. */
    recipient: Recipient;
}
/** A cart as callers see it. */
interface CartView {
    /** `crt_…` */
    id: string;
    /** Grows with each change; give it as `ifVersion`. */
    version: number;
    /** ISO 4217 code. */
    currency: string;
    /** In the order in which they were added. */
    lines: readonly CartLineView[];
    /** Code ids. */
    codes: readonly string[];
    /** Place that the shopper declared, ISO 3166-1 alpha-2, or null. */
    country: string | null;
    /** The order that it became, or null while it is open. */
    orderId: string | null;
}
/** What every cart operation answers: a page needs one request. */
interface CartWithQuote {
    /** The cart. */
    cart: CartView;
    /** Its price. */
    quote: Quote;
    /** Secret that opens an anonymous cart: only in the answer that made it. */
    token?: string | undefined;
}
/** A line to be added. */
interface NewCartLine {
    /** Made by the caller, 1 to 64 characters of `A–Z a–z 0–9 _ -`, unique in the cart. */
    lineId: string;
    /** Variant id. */
    variantId: string;
    /** 1 to 1,000. @default 1 */
    quantity?: number | undefined;
    /** Who gets it. @default the buyer */
    recipient?: RecipientInput | undefined;
}
/** Input of `carts.create`. */
interface CreateCartInput {
    /** ISO 4217 code. @default the site's first */
    currency?: string | undefined;
    /** Place of sale, ISO 3166-1 alpha-2. */
    country?: string | undefined;
    /** First lines, at most 200. */
    lines?: readonly NewCartLine[] | undefined;
}
/** Input of `carts.get`. */
interface GetCartInput {
    /** Cart id. */
    cartId: string;
}
/** Input of `carts.update`. What is absent stays. */
interface UpdateCartInput {
    /** Cart id. */
    cartId: string;
    /** ISO 4217 code; lines without a price in it are refused in the quote. */
    currency?: string | undefined;
    /** Place of sale, ISO 3166-1 alpha-2. */
    country?: string | undefined;
}
/** Input of `carts.addLine`. The same line id with the same variant sets the line, so that a repeat adds nothing. */
interface AddLineInput extends NewCartLine {
    /** Cart id. */
    cartId: string;
}
/** Input of `carts.updateLine`. Quantities are set, never added to. */
interface UpdateLineInput {
    /** Cart id. */
    cartId: string;
    /** Line id. */
    lineId: string;
    /** 1 to 1,000. */
    quantity?: number | undefined;
    /** Who gets it. */
    recipient?: RecipientInput | undefined;
}
/** Input of `carts.removeLine`. */
interface RemoveLineInput {
    /** Cart id. */
    cartId: string;
    /** Line id. */
    lineId: string;
}
/** Input of `carts.applyCode`. */
interface ApplyCodeInput {
    /** Cart id. */
    cartId: string;
    /** As the shopper typed it, 1 to 64 characters. */
    code: string;
}
/** Input of `carts.removeCode`. */
interface RemoveCodeInput {
    /** Cart id. */
    cartId: string;
    /** Code id, as the cart lists it. */
    codeId: string;
}
/** Input of `carts.merge`: takes the lines and codes of an anonymous cart into the customer's, once. */
interface MergeCartsInput {
    /** The customer's cart. */
    cartId: string;
    /** The anonymous cart. */
    fromCartId: string;
    /** The anonymous cart's token. */
    fromToken: string;
}

/** `broken`: a rule of the books does not hold. `case`: all is as it should be, but a person has to decide something. */
type DoctorSeverity = 'broken' | 'case';
/** One thing that should not be, or that waits for a person. */
interface DoctorFinding {
    /** Which invariant: `I1`, `I4`, … of docs/invariants.md. */
    invariant: string;
    /** Name of the check that found it; `checked` counts by it. */
    check: string;
    /** Is a rule broken, or is a person asked to decide? */
    severity: DoctorSeverity;
    /** The record that it was found at. */
    record: string;
    /** What is wrong, with figures; never a value that is personal. */
    message: string;
}
/** What the doctor saw. */
interface DoctorReport {
    /** How many records each check looked at. A check that was left out is named with `(left out)`. */
    checked: {
        readonly [check: string]: number;
    };
    /** Empty when all is well. */
    findings: readonly DoctorFinding[];
}

/** What every operation may be given besides its input. */
interface OperationOptions {
    /** A random key for one intention; a repeat with the same key has no second effect. 8 to 200 characters. */
    idempotencyKey?: string | undefined;
    /** The version that the caller saw; another one is `version_conflict`. */
    ifVersion?: number | undefined;
    /** Ends the wait for an answer, not what the operation does. */
    signal?: AbortSignal | undefined;
}
/** One page of a list. */
interface PageOf<T> {
    /** In the list's order. */
    items: readonly T[];
    /** Where the next page begins, or null on the last. */
    nextCursor: string | null;
}
/** Which page of a list. */
interface PageInput {
    /** `nextCursor` of the page before. */
    cursor?: string | undefined;
    /** Items per page, 1 to 100. @default 50 */
    limit?: number | undefined;
}

/** A record with its version. */
interface Versioned<T> {
    /** The record. */
    record: T;
    /** Give it as `ifVersion` to change only what was seen. */
    version: number;
}
/** Makes a record; what has a default may be left out, the id too. */
type CreateInput<T, Optional extends keyof T = never> = Omit<T, 'id' | Optional> & {
    [K in Optional]?: T[K] | undefined;
} & {
    /** An id of the operator's choice, 1 to 64 characters of `a–z 0–9 _ -`. @default a new one */
    id?: string | undefined;
};
/** Changes a record; what is absent stays. */
type UpdateInput<T> = {
    [K in Exclude<keyof T, 'id'>]?: T[K] | undefined;
} & {
    /** Record id. */
    id: string;
};
/** Names a record. */
interface RecordInput {
    /** Record id. */
    id: string;
}
/** Operations on one kind of simple record. */
interface RecordsApi<T, Optional extends keyof T = never> {
    /** A page of them. */
    list(input: PageInput, options?: OperationOptions): Promise<PageOf<Versioned<T>>>;
    /** One. */
    get(input: RecordInput, options?: OperationOptions): Promise<Versioned<T>>;
    /** Makes one. */
    create(input: CreateInput<T, Optional>, options?: OperationOptions): Promise<Versioned<T>>;
    /** Changes one. */
    update(input: UpdateInput<T>, options?: OperationOptions): Promise<Versioned<T>>;
}
/** Rows of an import; see `docs/import.md`. */
interface ImportProductsInput {
    /** At most 50,000. */
    rows: readonly CatalogRow[];
}
/** What an import did. */
interface ImportResult {
    /** Products made. */
    created: number;
    /** Products changed. */
    updated: number;
    /** Products that were so already. */
    unchanged: number;
}
/** The catalog. */
interface AdminProductsApi {
    /** Products of the operator, newest first, or by search. */
    list(input: PageInput & {
        search?: string | undefined;
    }, options?: OperationOptions): Promise<PageOf<AdminProduct>>;
    /** One product. */
    get(input: ProductRef, options?: OperationOptions): Promise<AdminProduct>;
    /** Makes a product with its variants and prices. */
    create(input: CreateProductInput, options?: OperationOptions): Promise<AdminProduct>;
    /** Changes a product, its variants, prices and publication. */
    update(input: UpdateProductInput, options?: OperationOptions): Promise<AdminProduct>;
    /** Takes it off sale everywhere; orders keep it. */
    archive(input: ProductRef, options?: OperationOptions): Promise<AdminProduct>;
    /** Makes or changes products by their external ids, all or nothing. */
    import(input: ImportProductsInput, options?: OperationOptions): Promise<ImportResult>;
}
/** Orders as staff see them. */
interface AdminOrdersApi {
    /** Orders of the site, newest first. */
    list(input: PageInput & {
        state?: Order['state'] | undefined;
    }, options?: OperationOptions): Promise<PageOf<OrderView>>;
    /** One order. */
    get(input: {
        orderId: string;
    }, options?: OperationOptions): Promise<OrderView>;
    /** Ends an order that is not paid: closes its payment, gives back its holds, withdraws what was delivered on account. */
    cancel(input: {
        orderId: string;
        reason: string;
    }, options?: OperationOptions): Promise<OrderView>;
}
/** Payments. */
interface AdminPaymentsApi {
    /** One payment. */
    get(input: {
        paymentId: string;
    }, options?: OperationOptions): Promise<Versioned<Payment>>;
    /** Takes authorised money, or records that an invoice was paid. */
    capture(input: {
        paymentId: string;
    }, options?: OperationOptions): Promise<OrderView>;
}
/** Deliveries. */
interface AdminGrantsApi {
    /** Grants of the operator by state. */
    list(input: PageInput & {
        state: Grant['state'];
    }, options?: OperationOptions): Promise<PageOf<Versioned<Grant>>>;
    /** Tries a parked one again. */
    retry(input: {
        grantId: string;
    }, options?: OperationOptions): Promise<Versioned<Grant>>;
    /** Says that a delivery by hand was done. */
    complete(input: {
        grantId: string;
        note?: string | undefined;
    }, options?: OperationOptions): Promise<Versioned<Grant>>;
}
/** Customer as staff and the host's server make it. */
interface PutCustomerInput {
    /** The customer's id at the host. */
    hostId: string;
    /** E-mail address. */
    email?: string | null | undefined;
    /** Name. */
    name?: string | null | undefined;
    /** Accounts at learning platforms. */
    links?: readonly LearnerLink[] | undefined;
    /** Names of customer groups. */
    groups?: readonly string[] | undefined;
}
/** Everything kept about one person. */
interface CustomerExport {
    /** The personal record. */
    customer: Customer;
    /** Their orders, over all sites of the operator. */
    orders: readonly Order[];
    /** Their entitlements. */
    entitlements: readonly {
        id: string;
        variantId: string;
        state: string;
        soldAt: Instant;
    }[];
    /** When it was made. */
    at: Instant;
}
/** Customers. */
interface AdminCustomersApi {
    /** One customer. */
    get(input: {
        customerId: string;
    }, options?: OperationOptions): Promise<Versioned<Customer>>;
    /** Makes or changes the customer with this host id. */
    put(input: PutCustomerInput, options?: OperationOptions): Promise<Versioned<Customer>>;
    /** Everything kept about one person. */
    export(input: {
        customerId: string;
    }, options?: OperationOptions): Promise<CustomerExport>;
    /** Erases the personal data; the books stay as they are. Repeated, it changes nothing. */
    erase(input: {
        customerId: string;
    }, options?: OperationOptions): Promise<Versioned<Customer>>;
}
/** An API key as staff see it: never its secret. */
interface ApiKeyView {
    /** `key_…` */
    id: string;
    /** Name for staff. */
    name: string;
    /** What it may do. */
    scopes: readonly ServiceScope[];
    /** When it was made. */
    createdAt: Instant;
    /** When it was revoked, or null. */
    revokedAt: Instant | null;
}
/** API keys. */
interface AdminApiKeysApi {
    /** All keys of the operator. */
    list(input: PageInput, options?: OperationOptions): Promise<PageOf<ApiKeyView>>;
    /** Makes a key; its secret is in this answer and nowhere else. */
    create(input: {
        name: string;
        scopes: readonly ServiceScope[];
    }, options?: OperationOptions): Promise<ApiKeyView & {
        secret: string;
    }>;
    /** Ends a key. */
    revoke(input: {
        id: string;
    }, options?: OperationOptions): Promise<ApiKeyView>;
}
/** Jobs. */
interface AdminJobsApi {
    /** Jobs of the operator by state. */
    list(input: PageInput & {
        state: JobState;
    }, options?: OperationOptions): Promise<PageOf<JobRecord>>;
    /** Lets a parked job run again. */
    retry(input: {
        id: string;
    }, options?: OperationOptions): Promise<{
        retried: boolean;
    }>;
}
/** Reports. */
interface AdminReportsApi {
    /** Checks the invariants on the operator's live data. */
    doctor(input?: Record<never, never>, options?: OperationOptions): Promise<DoctorReport>;
}
/** Audit. */
interface AdminAuditEventsApi {
    /** Who changed a record, newest first. */
    list(input: PageInput & {
        record: string;
    }, options?: OperationOptions): Promise<PageOf<AuditEvent>>;
}
/** What finance, support and catalog people call. */
interface AdminClient {
    /** Catalog. */
    readonly products: AdminProductsApi;
    /** Price lists. */
    readonly priceLists: RecordsApi<PriceList, 'groups' | 'countries' | 'from' | 'until' | 'priority' | 'status'>;
    /** Promotions. */
    readonly promotions: RecordsApi<Promotion, 'sites' | 'from' | 'until' | 'requiresCode' | 'conditions' | 'limits' | 'stacking' | 'priority' | 'status'>;
    /** Codes. */
    readonly codes: RecordsApi<Code, 'site' | 'uses' | 'from' | 'until' | 'status'>;
    /** Tax rates. */
    readonly taxRates: RecordsApi<TaxRate>;
    /** Sites. */
    readonly sites: RecordsApi<Site, 'hosts' | 'origins' | 'returnUrls' | 'locales' | 'timeZone' | 'priceLists' | 'paymentAccounts' | 'requiredConsents' | 'allowsGuests' | 'deliversOnAccount' | 'onPaymentFailure' | 'rounding' | 'priceBasis' | 'capture' | 'checkoutMinutes' | 'policies' | 'orderPrefix' | 'theme'>;
    /** Sellers. */
    readonly sellers: RecordsApi<Seller, 'address' | 'taxRegistrations' | 'timeZone' | 'invoicePrefix'>;
    /** Payment accounts. */
    readonly paymentAccounts: RecordsApi<Omit<PaymentAccount, 'operator'>, 'secretRefs' | 'status'>;
    /** Orders. */
    readonly orders: AdminOrdersApi;
    /** Payments. */
    readonly payments: AdminPaymentsApi;
    /** Deliveries. */
    readonly grants: AdminGrantsApi;
    /** Customers. */
    readonly customers: AdminCustomersApi;
    /** API keys. */
    readonly apiKeys: AdminApiKeysApi;
    /** Jobs. */
    readonly jobs: AdminJobsApi;
    /** Audit. */
    readonly auditEvents: AdminAuditEventsApi;
    /** Reports. */
    readonly reports: AdminReportsApi;
}

/** Who buys, where nobody is signed in and the site takes guests. */
interface GuestInput {
    /** Where the receipt goes and by which the entitlement is claimed. */
    email: string;
    /** Name. */
    name?: string | undefined;
}
/** Input of `carts.checkout`. */
interface CheckoutInput {
    /** Cart id. */
    cartId: string;
    /** The total that the shopper saw, minor units; another one is `price_changed`. */
    expectedTotal: number;
    /** What the shopper agreed to or not. */
    consents?: readonly ConsentInput[] | undefined;
    /** Payment account id. @default the first that the site offers for the currency */
    paymentAccount?: string | undefined;
    /** What the processor's browser fields gave: a token, never card data. */
    paymentToken?: string | undefined;
    /** Where the processor sends the shopper back to; must begin with one of the site's addresses. */
    returnUrl?: string | undefined;
    /** Who buys, where nobody is signed in. */
    guest?: GuestInput | undefined;
}
/** Answer of `carts.checkout`. A declined payment is no error: the order waits for another attempt. */
interface CheckoutResult {
    /** The order. A guest opens it with the cart's token. */
    order: OrderView;
    /** The payment, or null for a total of zero. */
    payment: PaymentView | null;
}

/** The site of the call. */
interface SiteApi {
    /** The site: currencies, locales, ways to pay, theme. */
    get(input?: Record<never, never>, options?: OperationOptions): Promise<SiteView>;
}
/** What is sold on the site. */
interface ProductsApi {
    /** Published products, by search or in the site's order. */
    list(input: ListProductsInput, options?: OperationOptions): Promise<PageOf<ProductView>>;
    /** One product by id or slug. @throws `not_found` when it is not on this site */
    get(input: GetProductInput, options?: OperationOptions): Promise<ProductView>;
}
/** Prices without a cart. */
interface QuotesApi {
    /** Prices up to 50 lines for the caller, without writing anything. One quote per line, or one in all with `together`. */
    create(input: CreateQuoteInput, options?: OperationOptions): Promise<{
        quotes: readonly Quote[];
    }>;
}
/** Carts. Every command answers the whole cart and its quote. */
interface CartsApi {
    /** Makes a cart: the customer's, or an anonymous one whose token is in the answer. */
    create(input: CreateCartInput, options?: OperationOptions): Promise<CartWithQuote>;
    /** The cart and its quote. */
    get(input: GetCartInput, options?: OperationOptions): Promise<CartWithQuote>;
    /** Changes currency or place. */
    update(input: UpdateCartInput, options?: OperationOptions): Promise<CartWithQuote>;
    /** Adds a line. @throws `not_sellable` with the reason */
    addLine(input: AddLineInput, options?: OperationOptions): Promise<CartWithQuote>;
    /** Sets quantity or recipient of a line. */
    updateLine(input: UpdateLineInput, options?: OperationOptions): Promise<CartWithQuote>;
    /** Removes a line; one that is not there is no error. */
    removeLine(input: RemoveLineInput, options?: OperationOptions): Promise<CartWithQuote>;
    /** Applies a code. @throws `code_not_valid` with the reason */
    applyCode(input: ApplyCodeInput, options?: OperationOptions): Promise<CartWithQuote>;
    /** Removes a code; one that is not there is no error. */
    removeCode(input: RemoveCodeInput, options?: OperationOptions): Promise<CartWithQuote>;
    /** Takes an anonymous cart into the customer's; repeated, it changes nothing. */
    merge(input: MergeCartsInput, options?: OperationOptions): Promise<CartWithQuote>;
    /** Starts the purchase. Needs an idempotency key. */
    checkout(input: CheckoutInput, options?: OperationOptions): Promise<CheckoutResult>;
}
/** Orders of the caller. */
interface OrdersApi {
    /** One order. */
    get(input: GetOrderInput, options?: OperationOptions): Promise<OrderView>;
    /** Asks the processor how the payment stands, and answers the order as it is then. */
    refreshPayment(input: RefreshPaymentInput, options?: OperationOptions): Promise<OrderView>;
}
/** What belongs to the customer who calls. */
interface MeApi {
    /** Orders on this site, newest first. */
    orders(input: PageInput, options?: OperationOptions): Promise<PageOf<OrderView>>;
    /** Rights at this operator, newest first. */
    entitlements(input: PageInput, options?: OperationOptions): Promise<PageOf<EntitlementView>>;
}
/** What a storefront calls: the same in-process and over HTTP. */
interface CommerceClient {
    /** The site of the call. */
    readonly site: SiteApi;
    /** What is sold. */
    readonly products: ProductsApi;
    /** Prices without a cart. */
    readonly quotes: QuotesApi;
    /** Carts. */
    readonly carts: CartsApi;
    /** Orders. */
    readonly orders: OrdersApi;
    /** What is the customer's own. */
    readonly me: MeApi;
}

/** The admin's operations. A missing or unknown one does not compile. */
declare const adminRoutes: {
    readonly products: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/products";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/admin/products/{productId}";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly ["not_found"];
        };
        readonly create: {
            readonly method: "POST";
            readonly path: "/v1/admin/products";
            readonly status: 201;
            readonly who: readonly ["staff:admin", "staff:catalog", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["unique_taken"];
            readonly key: "optional";
        };
        readonly update: {
            readonly method: "PATCH";
            readonly path: "/v1/admin/products/{productId}";
            readonly who: readonly ["staff:admin", "staff:catalog", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "version_conflict", "unique_taken"];
            readonly version: "optional";
        };
        readonly archive: {
            readonly method: "POST";
            readonly path: "/v1/admin/products/{productId}/archive";
            readonly who: readonly ["staff:admin", "staff:catalog", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "version_conflict", "unique_taken"];
        };
        readonly import: {
            readonly method: "POST";
            readonly path: "/v1/admin/products/import";
            readonly who: readonly ["staff:admin", "staff:catalog", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["import_refused", "unique_taken"];
        };
    };
    readonly priceLists: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/price-lists";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/admin/price-lists/{id}";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly ["not_found"];
        };
        readonly create: {
            readonly method: "POST";
            readonly path: "/v1/admin/price-lists";
            readonly status: 201;
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["unique_taken"];
            readonly key: "optional";
        };
        readonly update: {
            readonly method: "PATCH";
            readonly path: "/v1/admin/price-lists/{id}";
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "version_conflict", "unique_taken"];
            readonly version: "optional";
        };
    };
    readonly promotions: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/promotions";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/admin/promotions/{id}";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly ["not_found"];
        };
        readonly create: {
            readonly method: "POST";
            readonly path: "/v1/admin/promotions";
            readonly status: 201;
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["unique_taken"];
            readonly key: "optional";
        };
        readonly update: {
            readonly method: "PATCH";
            readonly path: "/v1/admin/promotions/{id}";
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "version_conflict", "unique_taken"];
            readonly version: "optional";
        };
    };
    readonly codes: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/codes";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/admin/codes/{id}";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly ["not_found"];
        };
        readonly create: {
            readonly method: "POST";
            readonly path: "/v1/admin/codes";
            readonly status: 201;
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["unique_taken"];
            readonly key: "optional";
        };
        readonly update: {
            readonly method: "PATCH";
            readonly path: "/v1/admin/codes/{id}";
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "version_conflict", "unique_taken"];
            readonly version: "optional";
        };
    };
    readonly taxRates: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/tax-rates";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/admin/tax-rates/{id}";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly ["not_found"];
        };
        readonly create: {
            readonly method: "POST";
            readonly path: "/v1/admin/tax-rates";
            readonly status: 201;
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["unique_taken"];
            readonly key: "optional";
        };
        readonly update: {
            readonly method: "PATCH";
            readonly path: "/v1/admin/tax-rates/{id}";
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "version_conflict", "unique_taken"];
            readonly version: "optional";
        };
    };
    readonly sites: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/sites";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/admin/sites/{id}";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly ["not_found"];
        };
        readonly create: {
            readonly method: "POST";
            readonly path: "/v1/admin/sites";
            readonly status: 201;
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["unique_taken"];
            readonly key: "optional";
        };
        readonly update: {
            readonly method: "PATCH";
            readonly path: "/v1/admin/sites/{id}";
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "version_conflict", "unique_taken"];
            readonly version: "optional";
        };
    };
    readonly sellers: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/sellers";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/admin/sellers/{id}";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly ["not_found"];
        };
        readonly create: {
            readonly method: "POST";
            readonly path: "/v1/admin/sellers";
            readonly status: 201;
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["unique_taken"];
            readonly key: "optional";
        };
        readonly update: {
            readonly method: "PATCH";
            readonly path: "/v1/admin/sellers/{id}";
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "version_conflict", "unique_taken"];
            readonly version: "optional";
        };
    };
    readonly paymentAccounts: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/payment-accounts";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/admin/payment-accounts/{id}";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly ["not_found"];
        };
        readonly create: {
            readonly method: "POST";
            readonly path: "/v1/admin/payment-accounts";
            readonly status: 201;
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["unique_taken"];
            readonly key: "optional";
        };
        readonly update: {
            readonly method: "PATCH";
            readonly path: "/v1/admin/payment-accounts/{id}";
            readonly who: readonly Caller[];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "version_conflict", "unique_taken"];
            readonly version: "optional";
        };
    };
    readonly orders: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/orders";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/admin/orders/{orderId}";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly ["not_found"];
        };
        readonly cancel: {
            readonly method: "POST";
            readonly path: "/v1/admin/orders/{orderId}/cancel";
            readonly who: readonly ["staff:admin", "staff:support", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "wrong_state", "payment_in_progress"];
        };
    };
    readonly payments: {
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/admin/payments/{paymentId}";
            readonly who: readonly ["staff:admin", "staff:support", "staff:finance", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly ["not_found"];
        };
        readonly capture: {
            readonly method: "POST";
            readonly path: "/v1/admin/payments/{paymentId}/capture";
            readonly who: readonly ["staff:admin", "staff:finance", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "wrong_state", "payment_in_progress"];
        };
    };
    readonly grants: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/grants";
            readonly who: readonly ["staff:admin", "staff:catalog", "staff:marketing", "staff:support", "staff:finance", "staff:reader", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
        readonly retry: {
            readonly method: "POST";
            readonly path: "/v1/admin/grants/{grantId}/retry";
            readonly who: readonly ["staff:admin", "staff:support", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "wrong_state"];
        };
        readonly complete: {
            readonly method: "POST";
            readonly path: "/v1/admin/grants/{grantId}/complete";
            readonly who: readonly ["staff:admin", "staff:support", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["not_found", "wrong_state"];
        };
    };
    readonly customers: {
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/admin/customers/{customerId}";
            readonly who: readonly ["staff:admin", "staff:support", "staff:finance", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly ["not_found"];
        };
        readonly put: {
            readonly method: "PUT";
            readonly path: "/v1/admin/customers";
            readonly who: readonly ["staff:admin", "staff:support", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["unique_taken"];
        };
        readonly export: {
            readonly method: "POST";
            readonly path: "/v1/admin/customers/{customerId}/export";
            readonly who: readonly ["staff:admin", "staff:support", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["not_found"];
        };
        readonly erase: {
            readonly method: "POST";
            readonly path: "/v1/admin/customers/{customerId}/erase";
            readonly who: readonly ["staff:admin", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["not_found"];
        };
    };
    readonly apiKeys: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/api-keys";
            readonly who: readonly ["staff:admin", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly [];
        };
        readonly create: {
            readonly method: "POST";
            readonly path: "/v1/admin/api-keys";
            readonly status: 201;
            readonly who: readonly ["staff:admin", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly [];
        };
        readonly revoke: {
            readonly method: "POST";
            readonly path: "/v1/admin/api-keys/{id}/revoke";
            readonly who: readonly ["staff:admin", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["not_found"];
        };
    };
    readonly jobs: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/jobs";
            readonly who: readonly ["staff:admin", "staff:support", "staff:finance", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
        readonly retry: {
            readonly method: "POST";
            readonly path: "/v1/admin/jobs/{id}/retry";
            readonly who: readonly ["staff:admin", "staff:support", "service", "system"];
            readonly scope: "admin";
            readonly errors: readonly ["not_found"];
        };
    };
    readonly auditEvents: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/admin/audit-events";
            readonly who: readonly ["staff:admin", "staff:support", "staff:finance", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
    };
    readonly reports: {
        readonly doctor: {
            readonly method: "GET";
            readonly path: "/v1/admin/reports/doctor";
            readonly who: readonly ["staff:admin", "staff:support", "staff:finance", "service", "system"];
            readonly scope: "read";
            readonly errors: readonly [];
        };
    };
};

/** The storefront's operations. A missing or unknown one does not compile. */
declare const routes: {
    readonly site: {
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/site";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly [];
        };
    };
    readonly products: {
        readonly list: {
            readonly method: "GET";
            readonly path: "/v1/products";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["currency_not_offered"];
        };
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/products/{idOrSlug}";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["not_found", "currency_not_offered"];
        };
    };
    readonly quotes: {
        readonly create: {
            readonly method: "POST";
            readonly path: "/v1/quotes";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["currency_not_offered"];
        };
    };
    readonly carts: {
        readonly create: {
            readonly method: "POST";
            readonly path: "/v1/carts";
            readonly status: 201;
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["not_sellable", "quantity_not_allowed", "currency_not_offered", "guard_refused"];
        };
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/carts/{cartId}";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["not_found"];
        };
        readonly update: {
            readonly method: "PATCH";
            readonly path: "/v1/carts/{cartId}";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["not_found", "version_conflict", "idempotency_key_reused", "cart_not_open", "guard_refused", "currency_not_offered"];
            readonly key: "optional";
            readonly version: "optional";
        };
        readonly addLine: {
            readonly method: "POST";
            readonly path: "/v1/carts/{cartId}/lines";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["not_found", "version_conflict", "idempotency_key_reused", "cart_not_open", "guard_refused", "not_sellable", "quantity_not_allowed", "cart_full"];
            readonly key: "optional";
            readonly version: "optional";
        };
        readonly updateLine: {
            readonly method: "PATCH";
            readonly path: "/v1/carts/{cartId}/lines/{lineId}";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["not_found", "version_conflict", "idempotency_key_reused", "cart_not_open", "guard_refused", "quantity_not_allowed"];
            readonly key: "optional";
            readonly version: "optional";
        };
        readonly removeLine: {
            readonly method: "DELETE";
            readonly path: "/v1/carts/{cartId}/lines/{lineId}";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["not_found", "version_conflict", "idempotency_key_reused", "cart_not_open", "guard_refused"];
            readonly key: "optional";
            readonly version: "optional";
        };
        readonly applyCode: {
            readonly method: "POST";
            readonly path: "/v1/carts/{cartId}/codes";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["not_found", "version_conflict", "idempotency_key_reused", "cart_not_open", "guard_refused", "code_not_valid", "cart_full"];
            readonly key: "optional";
            readonly version: "optional";
        };
        readonly removeCode: {
            readonly method: "DELETE";
            readonly path: "/v1/carts/{cartId}/codes/{codeId}";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["not_found", "version_conflict", "idempotency_key_reused", "cart_not_open", "guard_refused"];
            readonly key: "optional";
            readonly version: "optional";
        };
        readonly merge: {
            readonly method: "POST";
            readonly path: "/v1/carts/{cartId}/merge";
            readonly who: readonly ["customer", "service", "system"];
            readonly errors: readonly ["not_found", "version_conflict", "idempotency_key_reused", "cart_not_open", "guard_refused", "cart_full"];
            readonly key: "optional";
            readonly version: "optional";
        };
        readonly checkout: {
            readonly method: "POST";
            readonly path: "/v1/carts/{cartId}/checkout";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["not_found", "version_conflict", "idempotency_key_reused", "cart_not_open", "guard_refused", "idempotency_key_required", "cart_empty", "not_sellable", "quantity_not_allowed", "price_changed", "sold_out", "consent_required", "payment_account_unknown", "amount_not_payable", "payment_in_progress", "code_not_valid"];
            readonly key: "required";
            readonly version: "optional";
        };
    };
    readonly orders: {
        readonly get: {
            readonly method: "GET";
            readonly path: "/v1/orders/{orderId}";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["not_found"];
        };
        readonly refreshPayment: {
            readonly method: "POST";
            readonly path: "/v1/orders/{orderId}/payment/refresh";
            readonly who: readonly ["shopper", "customer", "service", "system"];
            readonly errors: readonly ["not_found"];
        };
    };
    readonly me: {
        readonly orders: {
            readonly method: "GET";
            readonly path: "/v1/me/orders";
            readonly who: readonly ["customer", "service", "system"];
            readonly errors: readonly [];
        };
        readonly entitlements: {
            readonly method: "GET";
            readonly path: "/v1/me/entitlements";
            readonly who: readonly ["customer", "service", "system"];
            readonly errors: readonly [];
        };
    };
};

/** `noun.verb` of every method of a client. */
type NamesOf<Client> = {
    [N in keyof Client & string]: `${N}.${keyof Client[N] & string}`;
}[keyof Client & string];
type At<Table, Name> = Name extends `${infer N}.${infer O}` ? N extends keyof Table ? O extends keyof Table[N] ? Table[N][O] : never : never : never;
/** Names of the storefront's operations: `carts.addLine`. */
type CommerceOperationName = NamesOf<CommerceClient>;
/** Names of the admin's operations: `admin.products.create`. */
type AdminOperationName = `admin.${NamesOf<AdminClient>}`;
/** Name of an operation: what the docs, the audit, hooks and `commerce.invoke` call it. */
type OperationName = CommerceOperationName | AdminOperationName;
type RouteOf<N extends OperationName> = N extends `admin.${infer A}` ? At<typeof adminRoutes, A> : At<typeof routes, N>;
type OwnErrors<R> = R extends {
    readonly errors: readonly (infer Code)[];
} ? Code : never;
/** Codes that an operation may answer with, by its name. A later release may add to them: have a default branch. */
type OperationError<N extends OperationName> = CommonErrorCode | OwnErrors<RouteOf<N>>;

/** A secret, or a function that says it at each request, so that it can change. */
type Secret = string | (() => string | null | undefined);
/** Makes a request: `fetch`, or what behaves like it. */
type Send = (address: string, init: RequestInit) => Promise<Response>;
/** Where a remote client finds its server, and who it says that it is. It remembers nothing of its own. */
interface ClientOptions {
    /** Address under which the API is mounted, such as `https://shop.example.org` or `/shop`. */
    baseUrl: string;
    /** Makes the requests. @default the platform's */
    fetch?: Send | undefined;
    /** Site id, where the host name alone does not say it. */
    site?: string | undefined;
    /** The token of an anonymous cart, as `carts.create` gave it. */
    cartToken?: Secret | undefined;
    /** A JWT or an API key. May be fetched anew at each request. */
    token?: string | (() => string | null | undefined | Promise<string | null | undefined>) | undefined;
    /** Further headers of every request. */
    headers?: {
        readonly [name: string]: string;
    } | undefined;
    /** Milliseconds to wait for a whole answer; then the error is `unavailable`, and nobody knows what happened. @default 30,000 */
    timeoutMs?: number | undefined;
}

/** The admin's operations over HTTP: the same client as `commerce.as(principal).admin`. */
declare function createAdminClient(options: ClientOptions): AdminClient;

export { BursarError, createAdminClient, isBursarError };
export type { Actor, AdminApiKeysApi, AdminAuditEventsApi, AdminClient, AdminCustomersApi, AdminGrantsApi, AdminJobsApi, AdminOperationName, AdminOrdersApi, AdminPaymentsApi, AdminProduct, AdminProductsApi, AdminReportsApi, Allocation, ApiKeyView, AuditEvent, Bundle, BundlePart, ClientOptions, Code, Consent, CreateInput, CreateProductInput, Customer, CustomerExport, DeliveryState, ErrorCode, FulfilmentTarget, Grant, Hold, ImportProductsInput, ImportResult, JobRecord, JobState, LearnerLink, OperationError, OperationOptions, Order, OrderLine, OrderState, PageInput, PageOf, Part, Payment, PaymentAccount, PaymentOperation, PaymentState, PriceList, Product, ProductRef, Promotion, PromotionBenefit, PromotionCondition, Publication, PublicationInput, PutCustomerInput, RecordInput, RecordStatus, RecordsApi, RoundingMode, Secret, Seller, Send, Site, StreamHead, TaxRate, UnitRun, UnknownPolicy, UpdateInput, UpdateProductInput, Variant, VariantInput, Versioned, WaitingFor };
