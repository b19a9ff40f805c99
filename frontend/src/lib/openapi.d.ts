// Made by "npm run api" from the server's OpenAPI description; do not edit.
export interface paths {
    "/v1/admin/people/{person}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A person's keys
         * @description Roles: admin.
         */
        get: operations["list-person-keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/practitioners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The register
         * @description Roles: admin.
         */
        get: operations["list-practitioners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/practitioners/{person}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a practitioner into office
         * @description Roles: admin.
         *
         *     Problem codes: registration-state, version-conflict.
         */
        post: operations["approve-practitioner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/practitioners/{person}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a practitioner out of office at once
         * @description Roles: admin.
         *
         *     Problem codes: registration-state, version-conflict.
         */
        post: operations["suspend-practitioner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/reconciliation/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A day's books beside the insurer's (对账)
         * @description A difference without an explanation needs a person; it has raised an alarm.
         *
         *     Roles: admin.
         *
         *     Problem codes: insurer-refused, insurer-unreachable, insurer-distrusted.
         */
        get: operations["day-report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a staff account
         * @description Roles: admin.
         *
         *     Problem codes: login-taken.
         */
        post: operations["create-staff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalogue/diagnoses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search diagnoses (ICD-10) */
        get: operations["search-diagnoses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalogue/drugs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search drugs (药品目录)
         * @description Roles: doctor reviewer dispenser.
         */
        get: operations["search-drugs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalogue/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Frequencies and routes (频次, 给药途径) */
        get: operations["dosage-terms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the chain is */
        get: operations["chain-status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Blocks that hold records */
        get: operations["chain-blocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/blocks/{height}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One block that holds records
         * @description Problem codes: record-not-found.
         */
        get: operations["chain-block"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The consortium's organisations and their certificates */
        get: operations["chain-members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/members.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The published members file that `hospital verify` checks receipts with, in canonical bytes */
        get: operations["chain-members-file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/records/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A record and its place, or that it is on its way
         * @description Problem codes: record-not-found.
         */
        get: operations["chain-record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/records/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The record's receipt, to be checked offline with members.json
         * @description 409 receipt-not-sealed with Retry-After while the record is on its way or its block not yet sealed.
         *
         *     Problem codes: record-not-found, receipt-not-sealed, record-refused.
         */
        get: operations["chain-receipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Records as they are committed, as server-sent events
         * @description Event `record`: id is the index in the log, data a committed record. Begins at from, or after the Last-Event-ID header, or with the next record.
         *
         *     Problem codes: too-many-streams.
         */
        get: operations["chain-stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/subjects/{subject}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a prescription, settlement or certificate stands, its records and the proof
         * @description Problem codes: record-not-found.
         */
        get: operations["chain-subject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a receipt or a proof
         * @description A convenience: who trusts nobody runs `hospital verify` with the published members.json instead.
         */
        post: operations["chain-verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's consultations: the patient's own, or the doctor's
         * @description Roles: patient doctor.
         */
        get: operations["list-consultations"];
        put?: never;
        /**
         * Ask a doctor for a consultation (申请问诊)
         * @description Roles: patient.
         *
         *     Problem codes: consultation-open, doctor-not-available, invalid-input.
         */
        post: operations["request-consultation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One consultation
         * @description Roles: patient doctor.
         */
        get: operations["get-consultation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The doctor accepts (接诊)
         * @description Roles: doctor.
         *
         *     Problem codes: consultation-state.
         */
        post: operations["accept-consultation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The patient before it is active, or the doctor with a reason, cancels
         * @description Roles: patient doctor.
         *
         *     Problem codes: consultation-state, invalid-input.
         */
        post: operations["cancel-consultation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages over a WebSocket
         * @description Subprotocol hospital.chat.v1. The first frame, or the subprotocol bearer.TOKEN, or the Authorization header carries the session's token. CHAT.md has the frames and close codes.
         */
        get: operations["chat-socket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a picture for an image message
         * @description Roles: patient doctor.
         *
         *     Problem codes: picture-refused, consultation-state, consultation-full.
         */
        post: operations["upload-picture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A picture of the consultation
         * @description Roles: patient doctor.
         */
        get: operations["get-picture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The doctor ends the visit; the note must be written
         * @description Roles: doctor.
         *
         *     Problem codes: consultation-state, note-missing.
         */
        post: operations["finish-consultation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages after a number, at most 200; with wait as a long poll
         * @description Roles: patient doctor.
         *
         *     Problem codes: too-many-readers.
         */
        get: operations["read-messages"];
        put?: never;
        /**
         * Send a message
         * @description The Idempotency-Key is the message's clientId, the same that a socket would send: a message tried on both roads is one message.
         *
         *     Roles: patient doctor.
         *
         *     Problem codes: consultation-state, consultation-full, client-id-reused, invalid-input.
         */
        post: operations["post-message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The doctor's note and diagnoses (病历), as a new version
         * @description Roles: doctor.
         *
         *     Problem codes: consultation-state, note-version, invalid-input.
         */
        put: operations["write-note"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every version of the note
         * @description Roles: patient doctor.
         */
        get: operations["list-notes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say up to where the caller has read
         * @description Roles: patient doctor.
         */
        put: operations["mark-read"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The doctor begins the visit
         * @description Roles: doctor.
         *
         *     Problem codes: consultation-state.
         */
        post: operations["start-consultation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Departments (科室) */
        get: operations["list-departments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/doctors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Doctors in office */
        get: operations["list-doctors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/doctors/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One doctor in office */
        get: operations["get-doctor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/intents/{id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a prepared act 签署
         * @description Takes the signature made on the person's device over the statement of an intent and carries the act out: state, event and outbox entry in one transaction. Repeating with the same Idempotency-Key returns the first answer.
         *
         *     Roles: patient doctor reviewer dispenser.
         *
         *     Problem codes: signature-refused, intent-expired, intent-used, stale, status, rule-refused.
         */
        post: operations["intent-sign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's keys
         * @description Roles: patient doctor reviewer dispenser.
         */
        get: operations["list-keys"];
        put?: never;
        /**
         * Enrol the device's public key (证书申请)
         * @description The private key stays on the device. The key is pending until the chain holds its certificate; then it is active.
         *
         *     Roles: patient doctor reviewer dispenser.
         *
         *     Problem codes: key-challenge, key-possession, key-invalid, key-known, has-key, practitioner-not-approved.
         */
        post: operations["enrol-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for an enrolment challenge
         * @description Good once, for five minutes, in this account.
         *
         *     Roles: patient doctor reviewer dispenser.
         */
        post: operations["key-challenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a key: its owner, or an administrator
         * @description Roles: admin patient doctor reviewer dispenser.
         *
         *     Problem codes: key-revoked.
         */
        post: operations["revoke-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose session this is */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/me/family": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The children the caller manages (家庭成员)
         * @description Roles: patient.
         */
        get: operations["list-family"];
        put?: never;
        /**
         * Add a child under 18 as its guardian (监护人)
         * @description Roles: patient.
         *
         *     Problem codes: identity-not-bound, identity-refused, profile-full.
         */
        post: operations["add-child"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/me/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bind the real name, once (实名认证)
         * @description Roles: patient.
         *
         *     Problem codes: identity-bound, identity-refused.
         */
        post: operations["bind-identity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A profile: one's own or a child's
         * @description Roles: patient.
         */
        get: operations["get-profile"];
        /**
         * Change phone and health
         * @description Roles: patient.
         *
         *     Problem codes: version-conflict.
         */
        put: operations["update-profile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{person}/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The bound insurance card
         * @description Roles: patient.
         *
         *     Problem codes: not-found.
         */
        get: operations["get-card"];
        /**
         * Bind the digital insurance card (绑定医保电子凭证)
         * @description For oneself or a child one is guardian of. The insurer must name the same person as the real-name registry. Replaces an earlier card.
         *
         *     Roles: patient.
         *
         *     Problem codes: identity-not-bound, card-of-another, card-bound, insurer-refused, insurer-unreachable, insurer-distrusted.
         */
        put: operations["bind-card"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{person}/diagnoses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put an earlier diagnosis of a hospital on file (既往诊断)
         * @description Roles: patient.
         *
         *     Problem codes: profile-full.
         */
        post: operations["add-diagnosis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{person}/pay-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A one-minute pay code (付款码)
         * @description Pays one order by the person's card within a minute; the server keeps only its digest.
         *
         *     Roles: patient.
         *
         *     Problem codes: not-found.
         */
        post: operations["create-pay-code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's registration
         * @description Roles: doctor reviewer dispenser.
         */
        get: operations["my-registration"];
        put?: never;
        /**
         * Apply to be registered, or correct a pending application (执业备案)
         * @description Roles: doctor reviewer dispenser.
         *
         *     Problem codes: already-registered, licence-taken.
         */
        post: operations["apply-practitioner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * A sign of life, good for ninety seconds
         * @description Roles: doctor.
         *
         *     Problem codes: practitioner-not-approved.
         */
        put: operations["presence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's prescriptions
         * @description A patient's and a doctor's own (newest first), a reviewer's hospital (longest waiting first), a pharmacy's claims; a regulator sees statuses without names.
         *
         *     Roles: patient doctor reviewer dispenser regulator.
         */
        get: operations["list-prescriptions"];
        put?: never;
        /**
         * Draft a prescription (开方草稿)
         * @description Reserves the number. The answer lists what stands against signing: refusals of hard rules with their law, and findings; a critical or warning one needs a written override. With supersedes a rejected prescription is reworked.
         *
         *     Roles: doctor.
         *
         *     Problem codes: invalid-input, no-key, key-pending, not-found, status, stale.
         */
        post: operations["create-draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run the rules while typing
         * @description Stores nothing. A finding with notChecked says that a check could not run: nothing may be concluded from its silence.
         *
         *     Roles: doctor.
         *
         *     Problem codes: invalid-input, no-key, key-pending, not-found.
         */
        post: operations["check-draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a scanned pick-up code opens
         * @description While another pharmacy holds it, only the status and since when it is held.
         *
         *     Roles: dispenser.
         *
         *     Problem codes: pickup-refused, prescription-number.
         */
        post: operations["lookup-pickup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One prescription, as far as the caller may see it
         * @description The patient finds the pick-up text here, the holding pharmacy its secret, again and again until it is dispensed. Readings are noted for the patient.
         *
         *     Roles: patient doctor reviewer dispenser regulator.
         *
         *     Problem codes: not-found.
         */
        get: operations["get-prescription"];
        /**
         * Replace a draft's contents
         * @description Roles: doctor.
         *
         *     Problem codes: invalid-input, no-key, key-pending, not-found, status, version-conflict.
         */
        put: operations["update-draft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who looked at my record
         * @description Roles: patient.
         *
         *     Problem codes: not-found.
         */
        get: operations["prescription-accesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare approval (审方通过)
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes.
         *
         *     Roles: reviewer.
         *
         *     Problem codes: rule-refused, status, not-found, no-key, key-pending.
         */
        post: operations["prepare-approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare withdrawal (作废)
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes.
         *
         *     Roles: doctor patient.
         *
         *     Problem codes: claim-held, status, not-found, no-key, key-pending.
         */
        post: operations["prepare-cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare taking the exclusive lock (接单)
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes.
         *
         *     Roles: dispenser.
         *
         *     Problem codes: pickup-refused, claim-held, rule-refused, status, not-found, no-key, key-pending.
         */
        post: operations["prepare-claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/dispense": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare handing out (发药)
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes.
         *
         *     Roles: dispenser.
         *
         *     Problem codes: not-holder, claim-unconfirmed, rule-refused, status, not-found, no-key, key-pending.
         */
        post: operations["prepare-dispense"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Signed documents and salts, for checking offline
         * @description Roles: patient doctor reviewer dispenser regulator.
         *
         *     Problem codes: not-found.
         */
        get: operations["prescription-events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare issuing (开具)
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes.
         *
         *     Roles: doctor.
         *
         *     Problem codes: rule-refused, status, version-conflict, not-found, no-key, key-pending.
         */
        post: operations["prepare-issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/pay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare paying (支付)
         * @description Answers with the exact split to authorise; send the signature to /v1/intents/{id}/sign within fifteen minutes. The insurer settles exactly that or nothing.
         *
         *     Roles: patient.
         *
         *     Problem codes: not-found, not-payable, paid-already, pay-code-spent, rule-refused, status, no-key, key-pending, insurer-refused, insurer-unreachable, insurer-distrusted.
         */
        post: operations["prepare-payment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What it costs: pre-settlement (预结算)
         * @description The split into fund, personal account and cash as of now, in fen. Binds nobody.
         *
         *     Roles: patient.
         *
         *     Problem codes: not-found, not-payable, rule-refused, status, insurer-refused, insurer-unreachable, insurer-distrusted.
         */
        get: operations["quote-payment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare rejection (审方不通过)
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes.
         *
         *     Roles: reviewer.
         *
         *     Problem codes: rule-refused, status, not-found, no-key, key-pending.
         */
        post: operations["prepare-reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare giving the lock back (退单)
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes.
         *
         *     Roles: dispenser.
         *
         *     Problem codes: not-holder, status, not-found, no-key, key-pending.
         */
        post: operations["prepare-release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/settlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A prescription's payments
         * @description Roles: patient.
         */
        get: operations["list-settlements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in as a member of staff
         * @description A wrong name and a wrong password look alike. Five wrong passwords within fifteen minutes lock the name for fifteen.
         *
         *     Problem codes: wrong-credentials, login-locked, rate-limited.
         */
        post: operations["login-staff"];
        /** Log out on every device */
        delete: operations["logout-everywhere"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Log out */
        delete: operations["logout"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/wechat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in as a patient with a WeChat code (微信登录)
         * @description The first log-in makes the account.
         *
         *     Problem codes: wechat-code, wechat-code-used, wechat-unavailable, account-closed, rate-limited.
         */
        post: operations["login-wechat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One payment (结算)
         * @description opened: the insurer has not answered, it is being asked; nothing needs to be repeated. refunding: the money is on its way back.
         *
         *     Roles: patient.
         *
         *     Problem codes: not-found.
         */
        get: operations["get-settlement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Documents and salts, for checking offline
         * @description Roles: patient.
         *
         *     Problem codes: not-found.
         */
        get: operations["settlement-events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountBody: {
            id: string;
            /**
             * @description Member id of the organisation
             * @example h1
             */
            org: string;
            /** @description Opaque person id, the CN of the person's certificates */
            person: string;
            /** @enum {string} */
            role: "patient" | "doctor" | "reviewer" | "dispenser" | "regulator" | "admin";
        };
        ApplicationInputBody: {
            /**
             * @description Doctors only
             * @example cardiology
             */
            department?: string;
            /**
             * Format: int64
             * @description Doctors only: fee of one consultation, fen
             */
            feeFen?: number;
            /**
             * @description Number of the licence to practise (执业证书编码)
             * @example 110110000012345
             */
            licence: string;
            /**
             * Format: date
             * @description Last day
             */
            licensedUntil: string;
            /** @example 李明 */
            name: string;
            /** @description Doctors only */
            paediatric?: boolean;
            /**
             * Format: date
             * @description First day of independent practice
             */
            practiceSince: string;
            /** @enum {string} */
            title: "resident" | "attending" | "associate-chief" | "chief" | "pharmacist" | "pharmacist-in-charge" | "associate-chief-pharmacist" | "chief-pharmacist";
        };
        ApproveInputBody: {
            /**
             * Format: int64
             * @description The version that was read
             */
            version: number;
        };
        BindCardInputBody: {
            /** @description Token of the digital insurance card (医保电子凭证); never shown again */
            ecToken: string;
        };
        BlocksOutputBody: {
            /** @description Blocks that hold records, newest first */
            blocks: components["schemas"]["ChainBlock"][] | null;
            /**
             * Format: int64
             * @description Give it as before for the next page; absent: the end
             */
            next?: number;
        };
        CancelInputBody: {
            /** @description The doctor must give one */
            reason?: string;
        };
        CatalogueDiagnosis: {
            /** @description 慢性病: a longer supply may be justified */
            chronic: boolean;
            /** @example I10 */
            code: string;
            englishName: string;
            /** @example 特发性(原发性)高血压 */
            name: string;
        };
        CatalogueDrug: {
            /** @enum {string} */
            antibiotic: "none" | "unrestricted" | "restricted" | "special";
            /** @example C08CA01 */
            atc?: string;
            /** @enum {string} */
            class: "rx" | "otc";
            /** @example D0135 */
            code: string;
            /** @description Not none: not prescribed online */
            control: string;
            /** @example Amlodipine */
            englishName: string;
            /** @example 片剂 */
            form: string;
            /**
             * @description 甲 A, 乙 B, 丙 C
             * @enum {string}
             */
            insurance: "A" | "B" | "C";
            /**
             * @description Generic name (通用名) with form
             * @example 苯磺酸氨氯地平片
             */
            name: string;
            /** @example 28片/盒 */
            package: string;
            /**
             * @description Initials
             * @example BHSALDPP
             */
            pinyin: string;
            /**
             * Format: int64
             * @description One package, in fen (分)
             * @example 1680
             */
            priceFen: number;
            /** @example 5mg */
            strength: string;
            usual: components["schemas"]["UsualDosage"];
        };
        CatalogueTerm: {
            /** @example tid */
            code: string;
            englishName: string;
            /** @example 每日三次 */
            name: string;
        };
        ChainBlock: {
            /** Format: int64 */
            height: number;
            proposer?: string;
            records: string[] | null;
            seals: string[] | null;
            stateRoot: string;
            /** Format: date-time */
            time: string;
        };
        ChainCommitted: {
            /** Format: int64 */
            height: number;
            id: string;
            /** Format: int64 */
            index: number;
            record: components["schemas"]["ChainRecord"];
            /** Format: date-time */
            time: string;
        };
        ChainFacts: {
            cert?: string;
            /** Format: int64 */
            expires?: number;
            ref?: string;
            tags?: string[] | null;
        };
        ChainHeader: {
            chain: string;
            /** Format: int64 */
            height: number;
            logRoot: string;
            /** Format: int64 */
            logSize: number;
            membersRoot: string;
            statusRoot: string;
            /** Format: int64 */
            time: number;
        };
        ChainMember: {
            ca: string;
            id: string;
            name: string;
            /** Format: int64 */
            power: number;
            role: string;
            seal: string;
            validator?: string;
        };
        ChainMembers: {
            chain: string;
            members: components["schemas"]["ChainMember"][] | null;
            root: string;
            /** Format: int64 */
            v: number;
        };
        ChainReceipt: {
            actorCert: string;
            header: components["schemas"]["ChainHeader"];
            /** Format: int64 */
            index: number;
            orgCert: string;
            path: string[] | null;
            record: components["schemas"]["ChainRecord"];
            seals: components["schemas"]["ChainSeal"][] | null;
            /** Format: int64 */
            v: number;
        };
        ChainRecord: {
            actorSig: string;
            orgCert: string;
            orgSig: string;
            statement: components["schemas"]["ChainStatement"];
        };
        ChainSeal: {
            member: string;
            sig: string;
        };
        ChainStatement: {
            actor: string;
            chain: string;
            digest: string;
            facts: components["schemas"]["ChainFacts"];
            kind: string;
            org: string;
            /** Format: int64 */
            seq: number;
            subject: string;
            /** Format: int64 */
            time: number;
            /** Format: int64 */
            v: number;
        };
        ChainStatusLeaf: {
            key: string;
            value: string;
        };
        ChainStatusReceipt: {
            header: components["schemas"]["ChainHeader"];
            other?: components["schemas"]["ChainStatusLeaf"];
            path: string[] | null;
            seals: components["schemas"]["ChainSeal"][] | null;
            state: components["schemas"]["ChainSubjectState"];
            /** Format: int64 */
            v: number;
        };
        ChainSubjectState: {
            /** Format: int64 */
            expires?: number;
            holder?: string;
            last: string;
            org: string;
            person?: string;
            ref?: string;
            /** Format: int64 */
            seq: number;
            status: string;
            subject: string;
        };
        ChildInputBody: {
            /** Format: date */
            birthDate: string;
            /** @description Resident id number (公民身份号码) */
            idNumber: string;
            name: string;
            /**
             * @description What the caller is to the child
             * @enum {string}
             */
            relation: "parent" | "other";
            /** @enum {string} */
            sex: "male" | "female";
        };
        ConsultDiagnosis: {
            code: string;
            name: string;
        };
        ConsultFile: {
            id: string;
            /** @enum {string} */
            mediaType: "image/jpeg" | "image/png" | "image/webp";
            /**
             * Format: int64
             * @description Bytes
             */
            size: number;
        };
        ConsultIntake: {
            complaint: string;
            duration: string;
            guardian: boolean;
            prior: string;
        };
        ConsultMarks: {
            /** Format: int64 */
            doctor: number;
            /** Format: int64 */
            patient: number;
        };
        ConsultMessage: {
            /** Format: date-time */
            at: string;
            clientId: string;
            /** @description Id of a picture of this consultation */
            file?: string;
            /** @enum {string} */
            kind: "text" | "image" | "system";
            /** @enum {string} */
            sender: "patient" | "doctor" | "system";
            /**
             * Format: int64
             * @description 1, 2, 3 … within the consultation, without gap
             */
            seq: number;
            text?: string;
        };
        ConsultNote: {
            /** Format: date-time */
            at: string;
            complaint: string;
            diagnoses: components["schemas"]["ConsultDiagnosis"][] | null;
            history: string;
            plan: string;
            prior: components["schemas"]["ConsultPriorDiagnosis"][] | null;
            /** Format: int64 */
            version: number;
        };
        ConsultPage: {
            /** @description When it is not the one you know, forget your messages and start at since=0 */
            epoch: string;
            /** Format: int64 */
            lastSeq: number;
            messages: components["schemas"]["ConsultMessage"][] | null;
            read: components["schemas"]["ConsultMarks"];
            state: string;
        };
        ConsultPriorDiagnosis: {
            code: string;
            /** Format: date-time */
            date: string;
            hospital: string;
        };
        ConsultView: {
            /** Format: date-time */
            acceptedAt?: string;
            /** Format: date-time */
            closedAt?: string;
            /** Format: date-time */
            createdAt: string;
            department: string;
            /** @description Person id */
            doctor: string;
            /** @description Changes when the message stream was made anew: forget the numbers you know */
            epoch: string;
            /**
             * Format: int64
             * @description Fee in fen
             */
            feeFen: number;
            /** @example CN20261122012345678955 */
            id: string;
            intake: components["schemas"]["ConsultIntake"];
            /**
             * Format: int64
             * @description Number of the newest message
             */
            lastSeq: number;
            /** @description What the caller may do now */
            next: string[] | null;
            note?: components["schemas"]["ConsultNote"];
            /** @description Person id */
            patient: string;
            /** @description Of a cancellation; 'expired' when nobody accepted in time */
            reason?: string;
            /** Format: date-time */
            startedAt?: string;
            /** @enum {string} */
            state: "requested" | "accepted" | "active" | "finished" | "cancelled";
            /**
             * Format: int64
             * @description Messages of the others above the caller's read mark
             */
            unread: number;
            /** Format: int64 */
            version: number;
        };
        CreateStaffInputBody: {
            /**
             * @description A pseudonym, not the person's name
             * @example doctor7
             */
            login: string;
            /** @example h1 */
            org: string;
            /** Format: password */
            password: string;
            /** @enum {string} */
            role: "doctor" | "reviewer" | "dispenser" | "regulator" | "admin";
        };
        DepartmentsOutputBody: {
            departments: components["schemas"]["PractitionersDepartment"][] | null;
        };
        DiagnosesOutputBody: {
            /** @description Best match first */
            diagnoses: components["schemas"]["CatalogueDiagnosis"][] | null;
        };
        DoctorsOutputBody: {
            /** @description Online first, then by title */
            doctors: components["schemas"]["PractitionersCard"][] | null;
        };
        DrugsOutputBody: {
            /** @description Best match first */
            drugs: components["schemas"]["CatalogueDrug"][] | null;
        };
        EditInputBody: {
            /**
             * @description ICD-10 codes
             * @example [
             *       "J20.9"
             *     ]
             */
            diagnoses?: string[] | null;
            items?: components["schemas"]["PrescriptionItemInput"][] | null;
            longTerm?: components["schemas"]["PrescriptionLongTerm"];
            overrides?: components["schemas"]["PrescriptionOverride"][] | null;
            /** @description A rejected prescription to rework; its contents are copied when items are left out */
            supersedes?: string;
            /**
             * Format: int64
             * @description 1 to 3; 3 when left out
             */
            validDays?: number;
            /**
             * Format: int64
             * @description Version that was seen
             */
            version: number;
            /**
             * @description Consultation; may be left out when it supersedes a rejected prescription
             * @example c-01JD
             */
            visit?: string;
        };
        EnrolInputBody: {
            /** @description Instead of the three above: base64 of a PKCS #10 request (DER), subject CN=person id, O=organisation, OU=role */
            csr?: string;
            /** @description The challenge */
            nonce?: string;
            /** @description Uncompressed SM2 point, lower hex */
            publicKey?: string;
            /** @description Id of the live key this one takes the place of (renewal) */
            replaces?: string;
            /** @description Base64 of the strict-DER SM2 signature over the challenge's text, made with the key itself */
            signature?: string;
        };
        FamilyOutputBody: {
            family: components["schemas"]["PatientsView"][] | null;
        };
        IdentityBody: {
            /** Format: date */
            birthDate: string;
            /** @description Resident id number (公民身份号码) */
            idNumber: string;
            name: string;
            /** @enum {string} */
            sex: "male" | "female";
        };
        IntentView: {
            /** @example rx.issue */
            action: string;
            /** @description Canonical JSON (RFC 8785) of what the person is shown; sign nothing that is not in it */
            document: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description Where to send the signature: /v1/intents/{id}/sign */
            id: string;
            /** @description Id the record will have on the chain */
            record: string;
            /** @description Lower hex, 32 bytes */
            salt: string;
            /** @description Canonical JSON; its UTF-8 bytes are what is signed (SM2 with SM3, id 1234567812345678) */
            statement: string;
        };
        KeysChallenge: {
            /** Format: date-time */
            expiresAt: string;
            /** @description The text to sign: put the public key (130 hex digits) in place of PUBLICKEY */
            format: string;
            /** @description 64 hex digits */
            nonce: string;
        };
        KeysKey: {
            /** @description PEM */
            certificate: string;
            /** @description Id of the certificate: lower hex SM3 of its DER */
            id: string;
            /** Format: date-time */
            notAfter: string;
            /** Format: date-time */
            notBefore: string;
            org: string;
            person: string;
            /** @description Uncompressed point, 130 hex digits */
            publicKey: string;
            /** @description Why it was revoked */
            reason?: string;
            /** @description Id of the enrolment's chain record */
            record: string;
            /**
             * Format: date-time
             * @description From then on the device should offer to renew
             */
            renewFrom: string;
            role: string;
            /** @enum {string} */
            state: "pending" | "active" | "refused" | "revoked" | "expired";
        };
        KeysOutputBody: {
            /** @description Newest first */
            keys: components["schemas"]["KeysKey"][] | null;
        };
        ListOutputBody: {
            /** @description Newest first */
            consultations: components["schemas"]["ConsultView"][] | null;
            /** @description Give it as before for the next page; empty: the end */
            next?: string;
        };
        LookupInputBody: {
            /**
             * @description Text of the patient's pick-up QR code
             * @example RXP1:RX20261122012345678947:…
             */
            pickup: string;
        };
        NoteInputBody: {
            /** @description 主诉 */
            complaint: string;
            /**
             * @description ICD-10 codes, the main diagnosis first
             * @example [
             *       "J06.900"
             *     ]
             */
            diagnoses: string[] | null;
            /** @description 现病史 */
            history?: string;
            /** @description 处理意见 */
            plan: string;
            /** @description A hospital's earlier diagnoses whose proof the doctor saw */
            prior?: components["schemas"]["PriorBody"][] | null;
            /**
             * Format: int64
             * @description Version that was seen; 0 for the first note
             */
            version: number;
        };
        NotesOutputBody: {
            /** @description Oldest first; none is ever lost */
            notes: components["schemas"]["ConsultNote"][] | null;
        };
        OrderBody: {
            /** @description Id of the patient's bound card */
            card?: string;
            /** @description One-minute pay code; used up by this call */
            payCode?: string;
        };
        PatientsCondition: {
            /**
             * @description ICD-10
             * @example I10
             */
            code: string;
            /** @description In the patient's words */
            text?: string;
        };
        PatientsHealth: {
            allergies: components["schemas"]["PrescriptionAllergy"][] | null;
            /** @description False: nobody has asked, which is not 'none' */
            allergiesAsked: boolean;
            chronic: components["schemas"]["PatientsCondition"][] | null;
            /**
             * @description Empty: nobody has asked
             * @enum {string}
             */
            lactating: "" | "no" | "yes";
            /**
             * @description Empty: nobody has asked
             * @enum {string}
             */
            pregnant: "" | "no" | "yes";
        };
        PatientsPrior: {
            code: string;
            date: string;
            hospital: string;
            id: string;
        };
        PatientsView: {
            /** @example 1990-03-07 */
            birthDate?: string;
            /** @description A real name is bound */
            bound: boolean;
            /** @description Person id of the guardian who manages it */
            guardian?: string;
            health: components["schemas"]["PatientsHealth"];
            /**
             * @description Masked
             * @example 110101********1234
             */
            idNumber?: string;
            name?: string;
            /** @description Opaque id */
            person: string;
            phone?: string;
            /** @description Diagnoses on file, the ground of a follow-up visit */
            prior: components["schemas"]["PatientsPrior"][] | null;
            /** @enum {string} */
            relation?: "parent" | "other";
            /** @enum {string} */
            sex: "male" | "female" | "unstated";
            /**
             * Format: int64
             * @description Send it back with a change
             */
            version: number;
        };
        PaymentCard: {
            /** Format: date-time */
            boundAt: string;
            id: string;
            insutype: string;
        };
        PaymentDetail: {
            number: string;
            refunded?: components["schemas"]["PaymentParts"];
            settled?: components["schemas"]["PaymentParts"];
        };
        PaymentDifference: {
            explained?: string;
            number: string;
            ours: components["schemas"]["PaymentDetail"];
            theirs: components["schemas"]["PaymentDetail"];
        };
        PaymentFee: {
            /** Format: int64 */
            amount: number;
            class: string;
            code: string;
            name: string;
            /** Format: int64 */
            price: number;
            /** Format: int64 */
            quantity: number;
        };
        PaymentParts: {
            /** Format: int64 */
            account: number;
            /** Format: int64 */
            cash: number;
            /** Format: int64 */
            fund: number;
        };
        PaymentPayCode: {
            code: string;
            /** Format: date-time */
            expires: string;
        };
        PaymentQuote: {
            fees: components["schemas"]["PaymentFee"][] | null;
            insutype: string;
            policy: string;
            rx: string;
            split: components["schemas"]["PaymentSplit"];
        };
        PaymentReport: {
            day: string;
            differences: components["schemas"]["PaymentDifference"][] | null;
            ours: components["schemas"]["PaymentTotals"];
            theirs: components["schemas"]["PaymentTotals"];
        };
        PaymentSplit: {
            /** Format: int64 */
            account: number;
            /** Format: int64 */
            cash: number;
            /** Format: int64 */
            deductible: number;
            /** Format: int64 */
            fund: number;
            /** Format: int64 */
            hospital: number;
            /** Format: int64 */
            inScope: number;
            /** Format: int64 */
            ownPay: number;
            /** Format: int64 */
            person: number;
            /** Format: int64 */
            pooled: number;
            /** Format: int64 */
            preSelfPay: number;
            /** Format: int64 */
            total: number;
        };
        PaymentTotals: {
            refunded: components["schemas"]["PaymentParts"];
            /** Format: int64 */
            refundedCount: number;
            settled: components["schemas"]["PaymentParts"];
            /** Format: int64 */
            settledCount: number;
        };
        PaymentView: {
            fees: components["schemas"]["PaymentFee"][] | null;
            id: string;
            /** Format: date-time */
            openedAt: string;
            order?: string;
            policy: string;
            prescription: string;
            reason?: string;
            /** Format: date-time */
            refundedAt?: string;
            /** Format: date-time */
            settledAt?: string;
            split: components["schemas"]["PaymentSplit"];
            status: string;
        };
        PostMessageInputBody: {
            /** @description Id of an uploaded picture, for an image */
            file?: string;
            /** @enum {string} */
            kind: "text" | "image";
            text?: string;
        };
        PractitionersCard: {
            /**
             * @description Highest antibiotic grade the title may prescribe
             * @enum {string}
             */
            antibiotics: "unrestricted" | "restricted" | "special";
            /** @example cardiology */
            department: string;
            /**
             * Format: int64
             * @description Fee of one consultation, fen
             */
            feeFen: number;
            /** @example 李医生 */
            name: string;
            online: boolean;
            /** @example h1 */
            org: string;
            orgName: string;
            paediatric: boolean;
            /** @description Opaque id */
            person: string;
            /** @example 2009-07-01 */
            practiceSince: string;
            /** @enum {string} */
            title: "resident" | "attending" | "associate-chief" | "chief";
        };
        PractitionersDepartment: {
            /** @example cardiology */
            code: string;
            /** @example Cardiology */
            nameEn: string;
            /** @example 心血管内科 */
            nameZh: string;
            /**
             * @description Code of the national list (医疗机构诊疗科目名录)
             * @example 03.04
             */
            official: string;
        };
        PractitionersPractitioner: {
            department: string;
            /** Format: int64 */
            feeFen: number;
            licence: string;
            licensedUntil: string;
            name: string;
            org: string;
            paediatric: boolean;
            person: string;
            practiceSince: string;
            role: string;
            state: string;
            title: string;
            /** Format: int64 */
            version: number;
        };
        PrescriptionAccessView: {
            /** Format: date-time */
            at: string;
            org: string;
            /** @description Opaque id of the reader */
            person: string;
            /**
             * @description On what ground
             * @example reviewer of the hospital
             */
            reason: string;
            role: string;
        };
        PrescriptionAllergy: {
            /**
             * @description Code of a drug class; empty when only the text is known
             * @example penicillin
             */
            allergen: string;
            /**
             * @description As the patient told it
             * @example 青霉素皮疹
             */
            text: string;
        };
        PrescriptionCancelInput: {
            /** @example 患者改为线下就诊 */
            reason: string;
        };
        PrescriptionCancellationView: {
            /** Format: date-time */
            at: string;
            reason: string;
            /** @enum {string} */
            role: "doctor" | "patient";
        };
        PrescriptionChecklist: {
            /** @description 查处方: 年龄 */
            age: boolean;
            /** @description 查配伍禁忌: 药品性状 */
            appearance: boolean;
            /** @description 查处方: 科别 */
            department: boolean;
            /** @description 查用药合理性: 临床诊断 */
            diagnosis: boolean;
            /** @description 查配伍禁忌: 用法用量 */
            dosageUsage: boolean;
            /** @description 查药品: 药名 */
            drugName: boolean;
            /** @description 查药品: 剂型 */
            form: boolean;
            /** @description 查处方: 姓名 */
            name: boolean;
            /** @description 查药品: 数量 */
            quantity: boolean;
            /** @description 查药品: 规格 */
            strength: boolean;
        };
        PrescriptionCitation: {
            /**
             * @description Law or source in English
             * @example Prescription Administration art. 6
             */
            en: string;
            /**
             * @description Law or source in Chinese
             * @example 《处方管理办法》第六条
             */
            zh: string;
        };
        PrescriptionClaimInput: {
            /** @description Access code from the pick-up QR text */
            accessCode: string;
        };
        PrescriptionClaimView: {
            /** @example ph1 */
            pharmacy: string;
            pharmacyName: string;
            record: string;
            /** @description For the holding pharmacy, readable again until it is dispensed or released */
            secret?: string;
            /** Format: date-time */
            since: string;
        };
        PrescriptionDecision: {
            /**
             * @description Reasons; at least one for a rejection
             * @example [
             *       "剂量超过说明书最大用量"
             *     ]
             */
            reasons?: string[] | null;
        };
        PrescriptionDetails: {
            cancellation?: components["schemas"]["PrescriptionCancellationView"];
            claim?: components["schemas"]["PrescriptionClaimView"];
            /**
             * @description Department's code
             * @example resp
             */
            department: string;
            /** @example 呼吸内科 */
            departmentName: string;
            diagnoses: components["schemas"]["PrescriptionDiagnosisView"][] | null;
            dispensing?: components["schemas"]["PrescriptionDispensingView"];
            doctor: components["schemas"]["PrescriptionDoctorView"];
            /** @description What the checks say; a draft is checked anew at every reading */
            findings: components["schemas"]["PrescriptionFinding"][] | null;
            /** @example 智慧互联网医院 */
            hospitalName: string;
            items: components["schemas"]["PrescriptionItemView"][] | null;
            longTerm: components["schemas"]["PrescriptionLongTerm"];
            /** @description The prescriber's written reasons */
            overrides: components["schemas"]["PrescriptionOverride"][] | null;
            /** Format: date-time */
            paidAt?: string;
            patient: components["schemas"]["PrescriptionPatientView"];
            /** @description Text of the pick-up QR code; for the patient only */
            pickup?: string;
            /**
             * @description due or done, for one that was paid and ended without medicine
             * @enum {string}
             */
            refund?: "due" | "done";
            /** @description Hard rules that stand against signing a draft */
            refusals: components["schemas"]["PrescriptionRefusal"][] | null;
            review?: components["schemas"]["PrescriptionReviewView"];
            /** @description Settlement that paid it */
            settlement?: string;
            /**
             * Format: int64
             * @description Sum in fen (分)
             * @example 4680
             */
            totalFen: number;
            /**
             * Format: int64
             * @example 3
             */
            validDays: number;
            /** @description Consultation it comes from */
            visit: string;
        };
        PrescriptionDiagnosisView: {
            chronic: boolean;
            /** @example J20.9 */
            code: string;
            /** @example Acute bronchitis */
            nameEn: string;
            /** @example 急性支气管炎 */
            nameZh: string;
        };
        PrescriptionDispensedItem: {
            /**
             * Format: int64
             * @description Index of the item, from 0
             * @example 0
             */
            item: number;
            /** @description 20-digit trace code of every package */
            traceCodes: string[] | null;
        };
        PrescriptionDispensingView: {
            /** Format: date-time */
            at: string;
            items: components["schemas"]["PrescriptionDispensedItem"][] | null;
            /** @description Dispensing pharmacist */
            name: string;
            pharmacy: string;
            pharmacyName: string;
            record: string;
        };
        PrescriptionDoctorView: {
            /** @example 李医生 */
            name: string;
            person: string;
            /** @enum {string} */
            title: "resident" | "attending" | "associate-chief" | "chief";
        };
        PrescriptionDraftInput: {
            /**
             * @description ICD-10 codes
             * @example [
             *       "J20.9"
             *     ]
             */
            diagnoses?: string[] | null;
            items?: components["schemas"]["PrescriptionItemInput"][] | null;
            longTerm?: components["schemas"]["PrescriptionLongTerm"];
            overrides?: components["schemas"]["PrescriptionOverride"][] | null;
            /** @description A rejected prescription to rework; its contents are copied when items are left out */
            supersedes?: string;
            /**
             * Format: int64
             * @description 1 to 3; 3 when left out
             */
            validDays?: number;
            /**
             * @description Consultation; may be left out when it supersedes a rejected prescription
             * @example c-01JD
             */
            visit?: string;
        };
        PrescriptionEventView: {
            /** Format: date-time */
            at: string;
            /** @description The signed document, byte for byte (RFC 8785 JSON) */
            document: string;
            /** @example rx.issue */
            kind: string;
            org: string;
            /** @description Opaque id of the signer; empty: the organisation */
            person: string;
            /** @description Record id of the step before */
            previous: string;
            /** @description Record id on the chain */
            record: string;
            role: string;
            /** @description base64 */
            salt: string;
            /**
             * Format: int64
             * @example 1
             */
            seq: number;
        };
        PrescriptionFinding: {
            /**
             * @description Text shown, English
             * @example the patient is allergic to this group
             */
            en: string;
            /**
             * @description Field it speaks of
             * @example items[0]
             */
            field: string;
            /**
             * @description What an override refers to
             * @example clinical.allergy@1:XA01
             */
            key: string;
            /** @description True: the check could not run; nothing may be concluded */
            notChecked: boolean;
            /**
             * @description Rule id
             * @example clinical.allergy
             */
            rule: string;
            /**
             * @description critical and warning need a written reason
             * @example critical
             * @enum {string}
             */
            severity: "critical" | "warning" | "info";
            /**
             * @description Where it comes from
             * @example patient's record
             */
            source: string;
            /**
             * Format: int64
             * @description Version of the rule
             * @example 1
             */
            version: number;
            /**
             * @description Text shown, Chinese
             * @example 患者对该药所属类别过敏
             */
            zh: string;
        };
        PrescriptionHandOut: {
            /** @description 四查十对; every point must be confirmed */
            checklist: components["schemas"]["PrescriptionChecklist"];
            /** @description Every item with the trace codes of its packages */
            items: components["schemas"]["PrescriptionDispensedItem"][] | null;
            /** @description Secret of the claim */
            secret: string;
        };
        PrescriptionIssueInput: {
            /**
             * Format: int64
             * @description Version of the draft the doctor has seen
             * @example 1
             */
            version: number;
        };
        PrescriptionItemInput: {
            /**
             * Format: int64
             * @example 5
             */
            days: number;
            /**
             * @description Single dose in the drug's dose unit
             * @example 0.5
             */
            dose: string;
            /**
             * @description Catalogue code
             * @example D0001
             */
            drug: string;
            /**
             * @description Frequency code
             * @example tid
             */
            frequency: string;
            notes?: string;
            /**
             * Format: int64
             * @example 2
             */
            packages: number;
            /**
             * @description Route code
             * @example po
             */
            route: string;
        };
        PrescriptionItemView: {
            /**
             * @description Medical-insurance class 甲 A, 乙 B, 丙 C
             * @enum {string}
             */
            class: "A" | "B" | "C";
            /**
             * Format: int64
             * @example 7
             */
            days: number;
            /**
             * @description Single dose
             * @example 0.5
             */
            dose: string;
            /** @example g */
            doseUnit: string;
            /** @description Catalogue code */
            drug: string;
            /** @example 胶囊剂 */
            form: string;
            /** @example tid */
            frequency: string;
            /** @example 每日三次 */
            frequencyName: string;
            /** @example Amoxicillin */
            nameEn: string;
            /** @example 阿莫西林胶囊 */
            nameZh: string;
            notes: string;
            /** @example 盒 */
            packageUnit: string;
            /**
             * Format: int64
             * @example 2
             */
            packages: number;
            /**
             * Format: int64
             * @description One package, in fen
             * @example 1560
             */
            priceFen: number;
            /** @example po */
            route: string;
            /** @example 口服 */
            routeName: string;
            /** @example 0.25g×24粒 */
            strength: string;
            /**
             * Format: int64
             * @description All packages, in fen
             * @example 3120
             */
            totalFen: number;
            /**
             * @description First digits of its trace codes
             * @example 8100001
             */
            tracePrefix: string;
        };
        PrescriptionLongTerm: {
            /** @description Written assessment, needed beyond four weeks */
            assessment?: string;
            /** @description The patient confirmed it, needed beyond four weeks */
            patientAgreed?: boolean;
            /** @description Why longer than seven days */
            reason?: string;
        };
        PrescriptionOverride: {
            /**
             * @description Key of the finding
             * @example clinical.allergy@1:XA01
             */
            key: string;
            /** @description Why it is prescribed all the same; part of the signed document */
            reason: string;
        };
        PrescriptionPage: {
            items: components["schemas"]["PrescriptionSummary"][] | null;
            /** @description Cursor of the next page; empty at the end */
            next?: string;
        };
        PrescriptionPatientView: {
            /**
             * Format: int64
             * @description Completed years
             * @example 46
             */
            age: number;
            allergies: components["schemas"]["PrescriptionAllergy"][] | null;
            /** @description False: nobody asked; an empty list then says nothing */
            allergiesAsked: boolean;
            /** @description Name of the guardian present at the visit */
            guardian?: string;
            name: string;
            person: string;
            /** @enum {string} */
            sex: "male" | "female" | "unstated";
        };
        PrescriptionRefusal: {
            citation: components["schemas"]["PrescriptionCitation"];
            en: string;
            field: string;
            rule: string;
            /** Format: int64 */
            version: number;
            zh: string;
        };
        PrescriptionReleaseInput: {
            /** @example 缺货 */
            reason?: string;
            /** @description Secret of the claim */
            secret: string;
        };
        PrescriptionReport: {
            findings: components["schemas"]["PrescriptionFinding"][] | null;
            refusals: components["schemas"]["PrescriptionRefusal"][] | null;
        };
        PrescriptionReviewView: {
            approved: boolean;
            /** Format: date-time */
            at: string;
            /** @example 王药师 */
            name: string;
            reasons: string[] | null;
            record: string;
        };
        PrescriptionSummary: {
            /** @description Department's name */
            department?: string;
            /** @description First diagnosis */
            diagnosis?: string;
            /** @description Doctor's name */
            doctor?: string;
            /** Format: date-time */
            draftedAt: string;
            /** Format: date-time */
            expiresAt?: string;
            hospital: string;
            /** @example RX20261122012345678931 */
            id: string;
            /**
             * Format: int64
             * @description Number of drugs
             */
            items: number;
            /** @description Patient's name */
            patient?: string;
            /** @enum {string} */
            status: "draft" | "signed" | "approved" | "rejected" | "paid" | "claimed" | "dispensed" | "cancelled" | "expired";
            /** Format: int64 */
            totalFen: number;
            /** Format: date-time */
            updatedAt: string;
            /**
             * Format: int64
             * @description Critical and warning findings
             */
            warnings: number;
        };
        PrescriptionView: {
            /** @description Everything else, for who may see it */
            content?: components["schemas"]["PrescriptionDetails"];
            /**
             * Format: date-time
             * @description When the draft was made
             */
            draftedAt: string;
            /**
             * Format: date-time
             * @description End of its validity, exclusive
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description Set while a pharmacy holds the lock
             */
            heldSince?: string;
            /**
             * @description Hospital's member id
             * @example h1
             */
            hospital: string;
            /**
             * @description Number with check digits
             * @example RX20261122012345678931
             */
            id: string;
            /**
             * Format: date-time
             * @description When the doctor signed
             */
            issuedAt?: string;
            /** @description True: the reader may see the status only */
            partial: boolean;
            /** @description Id of its last chain record; empty for a draft */
            record: string;
            /**
             * Format: int64
             * @description Sequence of its last chain record; 0 for a draft
             * @example 2
             */
            seq: number;
            /**
             * @description Where it stands
             * @example approved
             * @enum {string}
             */
            status: "draft" | "signed" | "approved" | "rejected" | "paid" | "claimed" | "dispensed" | "cancelled" | "expired";
            /** @description The one that replaces it */
            supersededBy?: string;
            /** @description The rejected one it replaces */
            supersedes?: string;
            /**
             * Format: int64
             * @description Counts changes; send it back when editing or signing
             * @example 3
             */
            version: number;
        };
        PresenceInputBody: {
            online: boolean;
        };
        PriorBody: {
            /** @description ICD-10 code */
            code: string;
            /** Format: date-time */
            date: string;
            hospital: string;
        };
        PriorInputBody: {
            /**
             * @description ICD-10
             * @example I10
             */
            code: string;
            /** Format: date */
            date: string;
            /** @description Hospital that made the diagnosis face to face */
            hospital: string;
        };
        ReadInputBody: {
            /**
             * Format: int64
             * @description Highest number that was shown
             */
            seq: number;
        };
        RecordOutputBody: {
            /** @description Once committed */
            record?: components["schemas"]["ChainCommitted"];
            /**
             * @description pending: waits in the outbox; dead: the ledger refused it, an operator has been told
             * @enum {string}
             */
            state: "pending" | "committed" | "dead";
            /** @description Of a dead one: the ledger's code */
            verdict?: string;
        };
        RegisterListOutputBody: {
            /** @description Oldest first */
            practitioners: components["schemas"]["PractitionersPractitioner"][] | null;
        };
        RequestInputBody: {
            /**
             * @description Chief complaint (主诉)
             * @example 咳嗽三天
             */
            complaint: string;
            /** @description Person id of the doctor */
            doctor: string;
            /**
             * @description How long
             * @example 三天
             */
            duration?: string;
            /** @description The child's guardian is present (监护人陪伴) */
            guardian?: boolean;
            /** @description Reference to a hospital's earlier diagnosis (复诊凭证) */
            prior?: string;
        };
        RevokeInputBody: {
            /** @enum {string} */
            reason: "lost" | "left";
        };
        RxAccessesOutputBody: {
            /** @description Newest first */
            accesses: components["schemas"]["PrescriptionAccessView"][] | null;
        };
        RxEventsOutputBody: {
            /** @description In order; the chain's record of each says the same digest */
            events: components["schemas"]["PrescriptionEventView"][] | null;
        };
        SessionOutputBody: {
            account: components["schemas"]["AccountBody"];
            /**
             * Format: date-time
             * @description Its end in any case
             */
            expiresAt: string;
            /** @description This log-in made the account */
            new: boolean;
            /** @description Bearer token; ends after twelve hours without use */
            token: string;
        };
        SettlementEvent: {
            /**
             * Format: int64
             * @description Unix milliseconds
             */
            at: number;
            /** @description Canonical JSON */
            document: string;
            /** @example pay.settle */
            kind: string;
            /** @description Record id; its receipt is at /v1/chain/records/{id}/receipt */
            record: string;
            /** @description Base64, 32 bytes */
            salt: string;
            /** Format: int64 */
            seq: number;
        };
        SettlementEventsOutputBody: {
            /** @description In order; the chain's record of each says the same digest */
            events: components["schemas"]["SettlementEvent"][] | null;
        };
        SettlementsOutputBody: {
            /** @description Newest first; at most one of them is open or paid */
            settlements: components["schemas"]["PaymentView"][] | null;
        };
        SignInputBody: {
            /** @description Base64 of the strict-DER SM2 signature over the statement's bytes */
            signature: string;
        };
        Signed: {
            prescription?: components["schemas"]["PrescriptionView"];
            /** @description Id of the record; its receipt follows at /v1/chain/records/{id}/receipt */
            record: string;
            settlement?: components["schemas"]["PaymentView"];
        };
        StaffLoginInputBody: {
            /** @example doctor1 */
            login: string;
            /** Format: password */
            password: string;
        };
        StatusOutputBody: {
            /** Format: date-time */
            blockTime: string;
            chainId: string;
            /** Format: int64 */
            height: number;
            /**
             * Format: int64
             * @description Organisations of the consortium
             */
            members: number;
            /** Format: int64 */
            peers: number;
            ready: boolean;
            /** Format: int64 */
            records: number;
            /** Format: int64 */
            sealedUpTo: number;
            stateRoot: string;
        };
        SubjectOutputBody: {
            /** @description That the state is under a sealed root; absent until the members sealed it */
            proof?: components["schemas"]["ChainStatusReceipt"];
            /** @description In order */
            records: components["schemas"]["ChainCommitted"][] | null;
            state: components["schemas"]["ChainSubjectState"];
        };
        SuspendInputBody: {
            reason: string;
            /**
             * Format: int64
             * @description The version that was read
             */
            version: number;
        };
        TermsOutputBody: {
            frequencies: components["schemas"]["CatalogueTerm"][] | null;
            routes: components["schemas"]["CatalogueTerm"][] | null;
        };
        UpdateProfileInputBody: {
            health: components["schemas"]["PatientsHealth"];
            /** @description Mainland mobile number */
            phone?: string;
            /**
             * Format: int64
             * @description The version that was read
             */
            version: number;
        };
        UsualDosage: {
            /**
             * Format: int64
             * @example 7
             */
            days: number;
            /** @example 5 */
            dose: string;
            /** @example mg */
            doseUnit: string;
            /** @example qd */
            frequency: string;
            /**
             * Format: int64
             * @description That cover it
             * @example 1
             */
            packages: number;
            /** @example po */
            route: string;
        };
        V2ErrorDetail: {
            /** @description Where the error occurred, e.g. 'body.items[3].tags' or 'path.thing-id' */
            location?: string;
            /** @description Error message text */
            message?: string;
            /** @description The value at the given location */
            value?: unknown;
        };
        V2ErrorModel: {
            /**
             * @description A human-readable explanation specific to this occurrence of the problem.
             * @example Property foo is required but is missing.
             */
            detail?: string;
            /** @description Optional list of individual error details */
            errors?: components["schemas"]["V2ErrorDetail"][] | null;
            /**
             * Format: uri
             * @description A URI reference that identifies the specific occurrence of the problem.
             * @example https://example.com/error-log/abc123
             */
            instance?: string;
            /**
             * Format: int64
             * @description HTTP status code
             * @example 400
             */
            status?: number;
            /**
             * @description A short, human-readable summary of the problem type. This value should not change between occurrences of the error.
             * @example Bad Request
             */
            title?: string;
            /**
             * Format: uri
             * @description A URI reference to human-readable documentation for the error.
             * @default about:blank
             * @example https://example.com/errors/example
             */
            type: string;
        };
        V2FormFile: {
            ContentType: string;
            Filename: string;
            IsSet: boolean;
            /** Format: int64 */
            Size: number;
        };
        Verdict: {
            /** @description The same in words */
            detail?: string;
            /** Format: int64 */
            height?: number;
            /** @description Record id, of a receipt */
            id?: string;
            kind?: string;
            /**
             * @description Stable code of what is wrong; RECEIPT.md lists them
             * @example path
             */
            reason?: string;
            /** @description Members whose seals it bears */
            sealed?: string[] | null;
            /** @description Of a proof: where the subject stood */
            status?: string;
            subject?: string;
            /**
             * Format: date-time
             * @description Block time
             */
            time?: string;
            /**
             * @description What was handed in
             * @enum {string}
             */
            type?: "receipt" | "status";
            valid: boolean;
        };
        WeChatLoginInputBody: {
            /** @description What wx.login returned */
            code: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "list-person-keys": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Opaque person id */
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "list-practitioners": {
        parameters: {
            query?: {
                /** @description Without: all */
                state?: "pending" | "approved" | "suspended";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterListOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "approve-practitioner": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Opaque person id */
                person: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PractitionersPractitioner"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "suspend-practitioner": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Opaque person id */
                person: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuspendInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PractitionersPractitioner"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "day-report": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Accounting day in China */
                day: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentReport"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "create-staff": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateStaffInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "search-diagnoses": {
        parameters: {
            query?: {
                /** @description Chinese name, pinyin initials, English name or code */
                q?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiagnosesOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "search-drugs": {
        parameters: {
            query?: {
                /** @description Chinese name, pinyin initials, English name or code */
                q?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrugsOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "dosage-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TermsOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "chain-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "chain-blocks": {
        parameters: {
            query?: {
                /** @description Only blocks below this height; 0: from the newest */
                before?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlocksOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "chain-block": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                height: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainBlock"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "chain-members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainMembers"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "chain-members-file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "chain-record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Record id: SM3 of the statement's canonical bytes, lower hex */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "chain-receipt": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Record id: SM3 of the statement's canonical bytes, lower hex */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainReceipt"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "chain-stream": {
        parameters: {
            query?: {
                /** @description Index in the log to begin at */
                from?: number;
            };
            header?: {
                /** @description Index of the last record seen; wins over from */
                "Last-Event-ID"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    "chain-subject": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subject: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "chain-verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verdict"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "list-consultations": {
        parameters: {
            query?: {
                /** @description Only these states; a doctor's queue is requested */
                state?: ("requested" | "accepted" | "active" | "finished" | "cancelled")[] | null;
                /** @description Id of the last one of the page before */
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "request-consultation": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "get-consultation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Consultation id: CN and twenty digits, the last two of them check digits */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "accept-consultation": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Consultation id: CN and twenty digits, the last two of them check digits */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "cancel-consultation": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Consultation id: CN and twenty digits, the last two of them check digits */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "chat-socket": {
        parameters: {
            query?: {
                /** @description Number of the last message the client has */
                since?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The socket is open */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "upload-picture": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Consultation id: CN and twenty digits, the last two of them check digits */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description JPEG, PNG or WebP, at most 5 MiB; the type is taken from the bytes
                     */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultFile"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "get-picture": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Consultation id: CN and twenty digits, the last two of them check digits */
                id: string;
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "finish-consultation": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Consultation id: CN and twenty digits, the last two of them check digits */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "read-messages": {
        parameters: {
            query?: {
                /** @description Number of the last message you have */
                since?: number;
                /** @description Seconds to wait for a message when there is none */
                wait?: number;
            };
            header?: never;
            path: {
                /** @description Consultation id: CN and twenty digits, the last two of them check digits */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultPage"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "post-message": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Consultation id: CN and twenty digits, the last two of them check digits */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostMessageInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultMessage"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "write-note": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Consultation id: CN and twenty digits, the last two of them check digits */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "list-notes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Consultation id: CN and twenty digits, the last two of them check digits */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotesOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "mark-read": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Consultation id: CN and twenty digits, the last two of them check digits */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultMarks"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "start-consultation": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Consultation id: CN and twenty digits, the last two of them check digits */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "list-departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentsOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "list-doctors": {
        parameters: {
            query?: {
                /** @description Code; empty: all */
                department?: string;
                /** @description Only those online now */
                online?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoctorsOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "get-doctor": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Opaque person id */
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PractitionersCard"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "intent-sign": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Signed"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "list-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "enrol-key": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnrolInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysKey"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "key-challenge": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysChallenge"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "revoke-key": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevokeInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysKey"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "list-family": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FamilyOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "add-child": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChildInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientsView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "bind-identity": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentityBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientsView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "get-profile": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description me, or the id of a child the caller manages */
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientsView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "update-profile": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description me, or the id of a child the caller manages */
                person: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProfileInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientsView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "get-card": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description me, or the id of a child the caller manages */
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentCard"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "bind-card": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description me, or the id of a child the caller manages */
                person: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BindCardInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentCard"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "add-diagnosis": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description me, or the id of a child the caller manages */
                person: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PriorInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientsView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "create-pay-code": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description me, or the id of a child the caller manages */
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentPayCode"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "my-registration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PractitionersPractitioner"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "apply-practitioner": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplicationInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PractitionersPractitioner"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    presence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PresenceInputBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "list-prescriptions": {
        parameters: {
            query?: {
                /** @description Only these statuses; a reviewer's queue is signed */
                status?: ("draft" | "signed" | "approved" | "rejected" | "paid" | "claimed" | "dispensed" | "cancelled" | "expired")[] | null;
                /** @description next of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionPage"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "create-draft": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrescriptionDraftInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "check-draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrescriptionDraftInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionReport"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "lookup-pickup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookupInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "get-prescription": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "update-draft": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "prescription-accesses": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RxAccessesOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "prepare-approve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrescriptionDecision"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "prepare-cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrescriptionCancelInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "prepare-claim": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrescriptionClaimInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "prepare-dispense": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrescriptionHandOut"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "prescription-events": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RxEventsOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "prepare-issue": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrescriptionIssueInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "prepare-payment": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Chosen by the client, new for every command; a repeat with the same key and body returns the first answer, with another body it is refused.
                 * @example 3b0f5c9e-7d0a-4b51-9f3f-6a4f0d5f2f11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "quote-payment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentQuote"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "prepare-reject": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrescriptionDecision"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "prepare-release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrescriptionReleaseInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "list-settlements": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Prescription number: RX and twenty digits, the last two of them check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementsOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "login-staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StaffLoginInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "logout-everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: {
                Authorization?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "login-wechat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WeChatLoginInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "get-settlement": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Settlement number: ST, the day, ten digits and two check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
    "settlement-events": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Settlement number: ST, the day, ten digits and two check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementEventsOutputBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["V2ErrorModel"];
                };
            };
        };
    };
}
