// Made by "npm run api" from the servers' OpenAPI descriptions; do not edit.
export interface paths {
    "/v1/admin/access-searches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who asked who looked at whom, and why
         * @description Roles: admin.
         */
        get: operations["list-access-searches"];
        put?: never;
        /**
         * Ask who looked at whom, with a reason (查阅留痕)
         * @description By patient, by reader, by period. Its lines are read under the id that comes back, for two hours, by the same administrator. The question stands in the security log and in the list of searches; one about a patient is a line of what that patient reads.
         *
         *     Roles: admin.
         */
        post: operations["search-accesses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/access-searches/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The lines that a search found
         * @description Who read what of whom, when and on what ground. Nothing that was read.
         *
         *     Roles: admin.
         */
        get: operations["searched-accesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/accounts/{person}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close an account for good; it is kept, never deleted (注销账号)
         * @description Roles: admin.
         */
        post: operations["close-account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/accounts/{person}/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lift the delays that wrong guesses at a name have caused (解除登录延迟)
         * @description Roles: admin.
         */
        post: operations["lift-delay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/accounts/{person}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a suspended account again (恢复账号)
         * @description Roles: admin.
         */
        post: operations["resume-account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/accounts/{person}/second-factor/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take away the second factor of one who lost phone and codes
         * @description Roles: admin.
         */
        post: operations["remove-account-factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/accounts/{person}/sessions/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End every session of a member of staff, who may log in again (结束全部会话)
         * @description Roles: admin.
         */
        post: operations["end-sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/accounts/{person}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close an account for log-in until it is resumed; its sessions end (停用账号)
         * @description Roles: admin.
         */
        post: operations["suspend-account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/diagnostics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the installation is (系统健康)
         * @description Roles: admin.
         */
        get: operations["diagnostics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/identities/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Who has a number, by the document shown at the desk
         * @description Names, and how sure each claim is; nothing of anybody's health. Every look is in the access log of those it showed.
         *
         *     Roles: admin.
         */
        post: operations["desk-find-identity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/identities/guardians": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm or end a guardian whose documents were seen at the desk (监护关系核验)
         * @description Roles: admin.
         */
        post: operations["desk-guardian"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/identities/{person}/free": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a number from a log-in that only typed it (释放证件号码)
         * @description For a child's number that a stranger typed: its guardian, whose documents were seen, enters it anew.
         *
         *     Roles: admin.
         */
        post: operations["desk-free-identity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/identities/{person}/prove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A person proved the number at the desk (身份核验)
         * @description Whoever held the number loses it, and the keys that bear the name of the human whose number it is. A record without a log-in, of a child that came of age, passes to the person; its guardians end.
         *
         *     Roles: admin.
         */
        post: operations["desk-prove-identity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/identities/{person}/replace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Another document of the same person (换证)
         * @description Both documents were seen at the desk: a renewed passport, a child's number after its birth certificate, a number that was mistyped. The record stays as it is. Where the person works here, the log-in for that takes the new number too.
         *
         *     Roles: admin.
         */
        post: operations["desk-replace-identity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/key-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Requests of the own organisation's practitioners for keys (签名密钥审批)
         * @description Roles: admin.
         */
        get: operations["list-admin-key-requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/key-requests/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a practitioner's key, as one of two administrators
         * @description Let the person read the key's fingerprint to you, face to face.
         *
         *     Roles: admin.
         */
        post: operations["approve-key-request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/key-requests/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse a practitioner's key
         * @description Let the person read the key's fingerprint to you, face to face.
         *
         *     Roles: admin.
         */
        post: operations["refuse-key-request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
    "/v1/admin/photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Photos of the own organisation's doctors that wait for a decision
         * @description Roles: admin.
         */
        get: operations["list-photos"];
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
         * The own organisation's register
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
         */
        post: operations["approve-practitioner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/practitioners/{person}/closures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Not hold one of a doctor's sessions (停诊), or hold it after all
         * @description For a doctor of the own organisation. Its appointments are cancelled and their patients told.
         *
         *     Roles: admin.
         */
        post: operations["close-session-for"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/practitioners/{person}/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a doctor's weekly hours for appointments
         * @description Replaces the whole week, unless the doctor changed it since it was read. The doctor is told. Appointments that were made already stay.
         *
         *     Roles: admin.
         */
        put: operations["set-schedule"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/practitioners/{person}/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Enter the number of a member of staff's document
         * @description One human is one person before every rule, whatever the log-in: nobody reviews, treats or prescribes for himself. Log-ins without a key yet get one name for their certificates, so that the chain sees one person as well. Only a keyed digest of the number is kept. Needed before a practitioner is put into office.
         *
         *     Roles: admin.
         */
        put: operations["staff-number"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/practitioners/{person}/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show a doctor's photo, or refuse it
         * @description Roles: admin.
         */
        post: operations["decide-photo"];
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
         */
        post: operations["suspend-practitioner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/prescriptions/{id}/resolve-claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back a claim that the chain refused
         * @description An operator's decision after the alarm of a dead record. The prescription is paid again, as the ledger has it, the reserved packages go back, and the refused step is kept as evidence.
         *
         *     Roles: admin.
         */
        post: operations["resolve-claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Drugs with their prices, and whether they are offered (药品目录与价格)
         * @description Roles: admin.
         */
        get: operations["list-prices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/prices/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a file of prices, all of it or nothing
         * @description What is written is what the dry run of this digest showed.
         *
         *     Roles: admin.
         */
        post: operations["import-prices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/prices/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a file of prices would change, line by line (试导入)
         * @description Nothing is written. The digest that comes back lets exactly this be imported.
         *
         *     Roles: admin.
         */
        post: operations["try-prices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/prices/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a drug's price, or whether it is offered
         * @description It holds for prescriptions that are issued from now on. Issued ones keep the prices that were signed.
         *
         *     Roles: admin.
         */
        put: operations["set-price"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/prices/{code}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed a drug's price, when, and from what to what
         * @description Roles: admin.
         */
        get: operations["price-changes"];
        put?: never;
        post?: never;
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
    "/v1/admin/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The weeks of the own organisation's doctors, and what is left of the coming days (排班)
         * @description Roles: admin.
         */
        get: operations["list-schedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/security-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to accounts and keys of the own organisation (安全日志)
         * @description Append-only; each line's hash covers the one before it, and `hospital audit` reads them all.
         *
         *     Roles: admin.
         */
        get: operations["security-log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who of the own staff is logged in, since when and where (登录会话)
         * @description Roles: admin.
         */
        get: operations["list-sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/sessions/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End one session of a member of the own staff (结束会话)
         * @description Roles: admin.
         */
        post: operations["end-session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Settings in force, and where each comes from (生效设置)
         * @description Secrets are never here: of databases the address, of secrets the name of their file.
         *
         *     Roles: admin.
         */
        get: operations["settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/settlements/desk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Payments that wait for a person (待人工裁定)
         * @description The insurer was asked for about an hour and gave no answer that can be booked. What was sent and what came is the evidence; ask the bureau by our number.
         *
         *     Roles: admin.
         */
        get: operations["payment-desk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/settlements/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what became of a payment
         * @description Noted with the reason, and on the chain. The insurer is asked on until it confirms; whatever it says later, the patient has paid once or not at all.
         *
         *     Roles: admin.
         */
        post: operations["decide-settlement"];
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
        /**
         * Staff accounts of the own organisation
         * @description Roles: admin.
         */
        get: operations["list-staff"];
        put?: never;
        /**
         * Make a staff account of the own organisation
         * @description Its first log-in has to change the password.
         *
         *     Roles: admin.
         */
        post: operations["create-staff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/staff/{login}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a member of the own staff a new password (重置密码)
         * @description For one who forgot it; tell it in person: the first log-in has to change it. Ends every session of that account and lifts its delays.
         *
         *     Roles: admin.
         */
        put: operations["reset-password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The hospital's day at a glance (今日概览)
         * @description Counts of visits and prescriptions. Money stands in the day's reconciliation, records on their way in the diagnostics.
         *
         *     Roles: admin.
         */
        get: operations["today"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bundles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a prescription of another application's hospital
         * @description By the patient's own device, without an account, or by the pharmacist from the patient's file. Every signature, receipt and document is checked offline, and the status by this node's ledger. Afterwards the pick-up code opens the prescription for the pharmacies served here, which look it up, claim, dispense or release it as any other. Bringing it again is harmless.
         */
        post: operations["bring-bundle"];
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
         * @description With the hospital's prices. Doctors do not find what the hospital does not offer.
         *
         *     Roles: doctor reviewer dispenser.
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
    "/v1/catalogue/drugs/{code}/leaflet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the tables know of a drug's label (说明书摘要)
         * @description A selection: nothing said does not mean that nothing is to be said.
         */
        get: operations["drug-leaflet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalogue/medicines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look a medicine up (药品查询)
         * @description What the hospital offers and may prescribe online, without prices: information, nothing is ordered by it.
         */
        get: operations["search-medicines"];
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
        /** Frequencies, routes, forms and units in Chinese and English (频次, 给药途径, 剂型, 单位) */
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
    "/v1/chain/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What this node finds wrong with the chain: forks, silence, members out of reach
         * @description By this node's own eyes. Open ones first; a fork comes with both headers and their seals, which prove who sealed both.
         */
        get: operations["chain-alarms"];
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
        /** One block that holds records */
        get: operations["chain-block"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Changes of the members' list that are voted on and not decided
         * @description Those that can still be adopted: of the list adopted last. Each vote is a record of the change's subject, with the member's signatures.
         */
        get: operations["chain-changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Proof that the list of records sealed earlier is a prefix of that sealed later
         * @description RFC 6962 consistency proof with SM3, between two sealed headers. `hospital verify` checks it offline. Whoever kept an old header shows with it that no record was left out or changed since.
         */
        get: operations["chain-consistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/headers/{height}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A sealed header with the members' seals
         * @description Nodes compare these with their own. Heights without new records are not sealed.
         */
        get: operations["chain-header"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every members' list so far with the votes that made it
         * @description Who trusts the genesis list checks the others with it, and with them any receipt, offline and for ever.
         */
        get: operations["chain-history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/history.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a file for `hospital verify --history`, in canonical bytes */
        get: operations["chain-history-file"];
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
        /** A record and its place, or that it is on its way */
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
        /** Where a prescription, settlement or certificate stands, its records and the proof */
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
    "/v1/chain/votes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand in a member's vote for a change of the members' list
         * @description Needs no session: the record bears the member's seal, and the ledger takes nothing else. Handing the same vote in again is harmless.
         */
        post: operations["chain-vote"];
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
         */
        get: operations["read-messages"];
        put?: never;
        /**
         * Send a message
         * @description The Idempotency-Key is the message's clientId, the same that a socket would send: a message tried on both roads is one message.
         *
         *     Roles: patient doctor.
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
    "/v1/consultations/{id}/patient": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The patient before the doctor: name, age, allergies, history (患者概况)
         * @description Readings are noted for the patient.
         *
         *     Roles: doctor.
         */
        get: operations["get-visit-patient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consultations/{id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The own rating of a finished visit; no stars while there is none
         * @description Roles: patient.
         */
        get: operations["get-rating"];
        /**
         * Rate a finished visit, once; the rating can be changed for seven days (评价)
         * @description Roles: patient.
         */
        put: operations["rate-visit"];
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
         */
        post: operations["start-consultation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the hospital is and how to reach it (医院与联系方式) */
        get: operations["get-contact"];
        put?: never;
        post?: never;
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
    "/v1/desk/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The own views of the desk's tables
         * @description Roles: doctor reviewer dispenser regulator analyst admin.
         */
        get: operations["list-views"];
        put?: never;
        /**
         * Keep how a table stands under a name
         * @description One of the same table and name is written anew.
         *
         *     Roles: doctor reviewer dispenser regulator analyst admin.
         */
        post: operations["save-view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/desk/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Throw an own view away
         * @description Roles: doctor reviewer dispenser regulator analyst admin.
         */
        delete: operations["delete-view"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/disclosures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The document of one record, for a regulator of the consortium (监管)
         * @description Signed by the seal of a member with the role regulator, good once. The reading is noted for the patient.
         */
        post: operations["disclose-document"];
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
    "/v1/doctors/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search the doctors in office
         * @description The word may be a disease, so it is not part of the address, which others log.
         */
        post: operations["search-doctors"];
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
    "/v1/doctors/{person}/photo/{digest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A doctor's photo */
        get: operations["get-photo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/doctors/{person}/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A doctor's sessions of the next seven days, and what is left of them (号源) */
        get: operations["list-slots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the caller is told, as it happens
         * @description With `Accept: text/event-stream` server-sent events: `hello` at once, `notices` whenever there is something new, also when only the numbers of unread ones have moved; id is the last number. It begins after Last-Event-ID, or since, or now. Otherwise one page as JSON: at once when there is something above since, or when since is left out, else after at most wait seconds. A notice says what happened to which subject, and nothing more; the subject is then asked for.
         */
        get: operations["events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/handovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See on the phone what the desk wants signed
         * @description The act behind the code that the same account's desk shows. To everybody else the code does not exist. After five wrong ones the code is dead, and none is taken for a quarter of an hour.
         *
         *     Roles: doctor reviewer dispenser.
         */
        post: operations["open-handover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity-codes/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a scanned identity code opens to its reader
         * @description A doctor is led to the open visit with the patient, a pharmacy to what waits there, the hospital's desk to the record. Who has none of these learns nothing of the patient. Readings are noted for the patient.
         *
         *     Roles: doctor dispenser admin.
         */
        post: operations["read-identity-code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incoming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prescriptions whose patients chose the caller's pharmacy (待到店)
         * @description Paid and not claimed yet. Nobody's name and no drug: those are shown for the pick-up code.
         *
         *     Roles: dispenser.
         */
        get: operations["list-incoming"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/intents/{id}/handover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far the phone has come (扫码签进度)
         * @description A notice of the topic sign says when to ask.
         *
         *     Roles: doctor reviewer dispenser.
         */
        get: operations["handover-state"];
        put?: never;
        /**
         * Make a code by which the phone signs (扫码签)
         * @description A code for the same account's phone, good for three minutes and one phone. It ends the account's code before it.
         *
         *     Roles: doctor reviewer dispenser.
         */
        post: operations["offer-intent"];
        /**
         * Take the code back
         * @description Roles: doctor reviewer dispenser.
         */
        delete: operations["withdraw-intent"];
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
         * @description Takes the signature made on the person's device over the statement of an intent and carries the act out: state, event and outbox entry in one transaction. Repeating with the same Idempotency-Key returns the first answer. Whoever is shown a prescription in the answer is noted for the patient.
         *
         *     Roles: patient doctor reviewer dispenser.
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
         * @description The private key stays on the device. The key is pending until the chain holds its certificate; then it is active. A practitioner's needs an approved request, or the live key's consent.
         *
         *     Roles: patient doctor reviewer dispenser.
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
    "/v1/keys/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's requests for keys
         * @description Roles: doctor reviewer dispenser.
         */
        get: operations["list-key-requests"];
        put?: never;
        /**
         * Ask two administrators for a key (申请签名密钥)
         * @description For a practitioner's first key, and for one who cannot sign with the live one. Once two have approved this public key, enrol it. A demo's administrators approve a first one at once.
         *
         *     Roles: doctor reviewer dispenser.
         */
        post: operations["request-key"];
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
    "/v1/me/closing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What closing the account would mean, and what hinders it
         * @description Roles: patient.
         */
        get: operations["look-at-closing"];
        put?: never;
        /**
         * Close one's account (注销账号)
         * @description Every session ends now. The account is closed when the cooling-off period is over; a log-in before that calls it off. Accounts of staff are closed by their administrator.
         *
         *     Roles: patient.
         */
        post: operations["close-own-account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the caller agreed to, and when
         * @description Roles: patient.
         */
        get: operations["list-consents"];
        /**
         * Agree to the papers in force (同意)
         * @description Roles: patient.
         */
        put: operations["agree"];
        post?: never;
        /**
         * Withdraw one's consent (撤回同意)
         * @description From now on the account reads what is its own and does nothing else, until it agrees again. What was done stays, and what the law has the hospital keep is kept.
         *
         *     Roles: patient.
         */
        delete: operations["withdraw-consent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/delays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Lift the delays that wrong guesses at one's own name have caused
         * @description Roles: doctor reviewer dispenser regulator analyst admin.
         */
        delete: operations["lift-own-delay"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the caller has logged in (登录设备) */
        get: operations["list-devices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a device's sessions and know it no more */
        delete: operations["forget-device"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change one's password (修改密码)
         * @description Ends every session of the account, this one as well: log in with the new password. Wrong old passwords are delayed as at the log-in, and counted apart from it.
         *
         *     Roles: doctor reviewer dispenser regulator analyst admin.
         */
        put: operations["change-password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the caller has a second factor (动态口令)
         * @description Roles: doctor reviewer dispenser regulator analyst admin.
         */
        get: operations["second-factor"];
        put?: never;
        /**
         * Draw a secret for the authenticator app
         * @description Roles: doctor reviewer dispenser regulator analyst admin.
         */
        post: operations["set-up-second-factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove that the app has the secret; it is asked for from now on
         * @description Ends every session of the account, this one as well.
         *
         *     Roles: doctor reviewer dispenser regulator analyst admin.
         */
        post: operations["confirm-second-factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/second-factor/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do without the second factor
         * @description Roles: doctor reviewer dispenser regulator analyst admin.
         */
        post: operations["remove-second-factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The inbox (消息中心): what the caller was told in the last 30 days */
        get: operations["list-notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark notices as read */
        put: operations["read-notices"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oversight": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the regulator has followed, and the proof that nothing was left out */
        get: operations["oversight-status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oversight/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's exports that the node keeps */
        get: operations["list-exports"];
        put?: never;
        /**
         * Make a file of every record of some days with its receipt, for `hospital verify` (证据导出)
         * @description The node keeps it for a day, two of an account and six of all; the same days up to the same block are made once. At most 500,000 records and 2 GiB; one is made at a time for an account. It is made while nobody waits: ask for the list until it is ready.
         */
        post: operations["make-export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oversight/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an export, also one that is being made */
        delete: operations["drop-export"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oversight/exports/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An export's file, from any byte on
         * @description With Range it goes on where it broke off (206). The file is whole when it has its last entry, manifest.json, as its Content-Length says.
         */
        get: operations["export-file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oversight/exports/{id}/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link's ticket for one download of an export
         * @description It stands for the session that asked for it, and ends with it.
         */
        post: operations["export-ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oversight/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the chain's records add up to, by day or month, kind and organisation (统计)
         * @description A cell of 1 to 10 persons is left out, and so is another one by which it could be told; every sum is one over the cells that are shown. The chain carries no visits, no drugs and no amounts.
         */
        get: operations["oversight-figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oversight/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the rules found */
        get: operations["oversight-findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oversight/findings/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A finding with its receipts and documents, to be checked offline with `hospital verify` */
        get: operations["oversight-evidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oversight/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules that are run over the stream, each with its source */
        get: operations["oversight-rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/papers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The terms of service and the privacy policy in force (服务须知, 隐私政策) */
        get: operations["papers"];
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
         * @description A child that is on file already gets the caller as another guardian (at most two), once a guardian of it or the desk has confirmed that; until then nothing of the child is shown.
         *
         *     Roles: patient.
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
         * @description A number that another profile holds, or that is a member of staff's, is contested: nothing rests on it until it is proven, by binding the insurance card in that name or at the hospital's desk.
         *
         *     Roles: patient.
         */
        post: operations["bind-identity"];
        /**
         * Take back a number that another profile holds
         * @description Roles: patient.
         */
        delete: operations["withdraw-identity"];
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
         */
        put: operations["update-profile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{person}/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who looked at my record (谁看过我的记录)
         * @description Roles: patient.
         */
        get: operations["patient-accesses"];
        put?: never;
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
        get?: never;
        /**
         * Bind the digital insurance card (绑定医保电子凭证)
         * @description For oneself or a child one is guardian of. The insurer must name the same person as the real-name registry. Replaces an earlier card.
         *
         *     Roles: patient.
         */
        put: operations["bind-card"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{person}/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The bound insurance card, if any
         * @description None is an empty list and no refusal: a page has to ask before anything is bound.
         *
         *     Roles: patient.
         */
        get: operations["list-cards"];
        put?: never;
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
         * Declare an earlier diagnosis of a hospital (既往诊断)
         * @description For the doctor to ask about: no prescription rests on it until the doctor has seen its proof and written it into the note.
         *
         *     Roles: patient.
         */
        post: operations["add-diagnosis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{person}/guardians/{guardian}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Refuse somebody who asks to be guardian, or give it up oneself
         * @description Roles: patient.
         */
        delete: operations["end-guardian"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{person}/guardians/{guardian}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a second guardian of a child (监护人确认)
         * @description Roles: patient.
         */
        post: operations["confirm-guardian"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/patients/{person}/identity-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A code that says who the patient is, for a minute and a half (身份码)
         * @description Sealed, kept nowhere and without a meaning to who merely sees it. It is read by one member of staff in office. It opens no prescription and hands nothing out.
         *
         *     Roles: patient.
         */
        post: operations["show-identity-code"];
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
         */
        post: operations["create-pay-code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pharmacies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pharmacies (药店), and who has a prescription in stock */
        get: operations["list-pharmacies"];
        put?: never;
        post?: never;
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
         */
        post: operations["apply-practitioner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me/about": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What one says of the own work
         * @description Roles: doctor.
         */
        get: operations["my-about"];
        /**
         * Say what one treats, who one is and in which languages (个人主页)
         * @description Roles: doctor.
         */
        put: operations["set-about"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me/closures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Not hold one of one's sessions (停诊), or hold it after all
         * @description Nobody can book it any more. Its appointments are cancelled and their patients told. Holding it after all brings no appointment back.
         *
         *     Roles: doctor.
         */
        post: operations["close-session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own weekly hours
         * @description Roles: doctor.
         */
        get: operations["my-hours"];
        /**
         * Set one's weekly hours for appointments (出诊时段)
         * @description Replaces the whole week, unless the hospital changed it since it was read. Appointments that were made already stay.
         *
         *     Roles: doctor.
         */
        put: operations["set-hours"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest photo one has sent, and what became of it
         * @description Roles: doctor.
         */
        get: operations["my-photo"];
        put?: never;
        /**
         * Send a photo of oneself; it is shown once an administrator has looked at it
         * @description Roles: doctor.
         */
        post: operations["send-photo"];
        /**
         * Show no photo any more
         * @description Roles: doctor.
         */
        delete: operations["remove-photo"];
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
         */
        put: operations["presence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What patients thought of one's visits, without names and from five ratings on
         * @description Roles: doctor.
         */
        get: operations["my-ratings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practitioners/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own sessions of the next seven days
         * @description Roles: doctor.
         */
        get: operations["my-sessions"];
        put?: never;
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
         * @description A patient's and a doctor's own (newest first), a reviewer's hospital (the queue, which is signed, longest waiting first), a pharmacy's claims (claimed alone: the oldest first); a regulator sees statuses without names. The lines that staff see are noted for the patient, once an hour.
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
         * @description While another pharmacy holds it, only the status and since when it is held. Readings are noted for the patient.
         *
         *     Roles: dispenser.
         */
        post: operations["lookup-pickup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/lookup-short": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a short pick-up code opens
         * @description Answers with the long code, which the claim needs. Wrong ones are counted, of the account and of the pharmacy. Readings are noted for the patient.
         *
         *     Roles: dispenser.
         */
        post: operations["lookup-short"];
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
         */
        get: operations["get-prescription"];
        /**
         * Replace a draft's contents
         * @description Roles: doctor.
         */
        put: operations["update-draft"];
        post?: never;
        /**
         * Throw one's own draft away
         * @description Nothing of a draft is on the chain. A signed prescription is cancelled instead.
         *
         *     Roles: doctor.
         */
        delete: operations["discard-draft"];
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
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes. Readings are noted for the patient.
         *
         *     Roles: reviewer.
         */
        post: operations["prepare-approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/ask-release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the holding pharmacy to give it back (请求退回)
         * @description Shown to the pharmacy; binds nobody. After the lease's end the hospital gives the lock back by itself.
         *
         *     Roles: patient.
         */
        post: operations["ask-release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The bundle to carry to another application's pharmacy (处方流转凭证)
         * @description From the payment until the medicine is handed out. It is a bearer token like the pick-up code, and proves itself while this hospital's server is away: keep it on the device, or save it as a file.
         *
         *     Roles: patient.
         */
        get: operations["get-bundle"];
        put?: never;
        post?: never;
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
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes. Readings are noted for the patient.
         *
         *     Roles: doctor patient.
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
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes. Readings are noted for the patient.
         *
         *     Roles: dispenser.
         */
        post: operations["prepare-claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/contest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare the patient's word that a claim is not theirs (异议)
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes. Readings are noted for the patient.
         *
         *     Roles: patient.
         */
        post: operations["prepare-contest"];
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
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes. Readings are noted for the patient.
         *
         *     Roles: dispenser.
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
         * @description Readings are noted for the patient.
         *
         *     Roles: patient doctor reviewer dispenser regulator.
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
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes. Readings are noted for the patient.
         *
         *     Roles: doctor.
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
         */
        post: operations["prepare-payment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/pharmacy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Choose the pharmacy one means to go to (选择药店)
         * @description May be changed until a pharmacy has claimed. It binds nobody: any pharmacy that is shown the pick-up code may claim.
         *
         *     Roles: patient.
         */
        put: operations["choose-pharmacy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/pickup-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The codes of this and of later claims (取药码)
         * @description Each claim uses up one code. When a claim has ended and this hospital's server is away, the next pharmacy needs the next one: put it in the place of the kept bundle's accessCode. For the patient's own device alone: show a pharmacy one code at a time.
         *
         *     Roles: patient.
         */
        get: operations["list-pickup-codes"];
        put?: never;
        post?: never;
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
    "/v1/prescriptions/{id}/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell the patient that it can be fetched (可取药)
         * @description By the holding pharmacy, any time before the handing out. Not signed: the handing out is.
         *
         *     Roles: dispenser.
         */
        post: operations["mark-ready"];
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
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes. Readings are noted for the patient.
         *
         *     Roles: reviewer.
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
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes. Readings are noted for the patient.
         *
         *     Roles: dispenser.
         */
        post: operations["prepare-release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prescriptions/{id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare to go on holding, once a claim (续期)
         * @description Answers with the exact document to sign; send the signature to /v1/intents/{id}/sign within fifteen minutes. Readings are noted for the patient.
         *
         *     Roles: dispenser.
         */
        post: operations["prepare-renew"];
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
    "/v1/prescriptions/{id}/short-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The short pick-up code for the chosen pharmacy (短取药码)
         * @description Eight digits, good at that pharmacy alone and together with the last four characters of a phone or document number. A claim ends it.
         *
         *     Roles: patient.
         */
        post: operations["short-code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/relatives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who reads or acts for the caller, and for whom the caller does (家人代办)
         * @description Roles: patient.
         */
        get: operations["list-relatives"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/relatives/asked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Type in the code of a relative (输入家人的代办码)
         * @description The answer names nobody: the owner of the record confirms first. Wrong codes are counted.
         *
         *     Roles: patient.
         */
        post: operations["enter-relative-code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/relatives/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A code that lets a relative ask (邀请家人)
         * @description Good once, for ten minutes, in place of the one before; the server keeps its keyed digest alone. Whoever types it in asks, and is let in when the caller confirms.
         *
         *     Roles: patient.
         */
        post: operations["invite-relative"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/relatives/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * How far a relative goes: reads, or acts as well (代办权限)
         * @description Roles: patient.
         */
        put: operations["set-relative-rights"];
        post?: never;
        /**
         * Take the right back, refuse who asks, or give it up (解除)
         * @description Roles: patient.
         */
        delete: operations["end-relative"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/relatives/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let in who typed the code (确认家人)
         * @description Roles: patient.
         */
        post: operations["confirm-relative"];
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
         * @description A wrong name and a wrong password look alike. After five wrong ones from one place each further one there waits longer than the last; a device with an earlier good log-in does not wait for strangers' guesses. A first log-in, and one after a reset, may do nothing but change the password (due).
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
    "/v1/signing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a desk may sign (签名设置)
         * @description Whether the PIN may be given once for several acts; each is shown and confirmed all the same. The desk keeps to it by itself: the server never sees key or PIN.
         *
         *     Roles: doctor reviewer dispenser.
         */
        get: operations["signing-rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's pharmacy's stock (库存)
         * @description Roles: dispenser.
         */
        get: operations["list-stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stock/lots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's pharmacy's lots that expire soon (近效期)
         * @description Roles: dispenser.
         */
        get: operations["list-lots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stock/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What moved the caller's pharmacy's stock (出入库流水)
         * @description Who, when, how many and of which lot; it names no prescription and no patient.
         *
         *     Roles: dispenser.
         */
        get: operations["list-movements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stock/{drug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Enter goods received (入库), counted (盘点), written off (报损) or sent back (退货)
         * @description Every change is kept as a movement with its person and reason; the movements' sum is the stock.
         *
         *     Roles: dispenser.
         */
        put: operations["change-stock"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stock/{drug}/minimum": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Below how many free packages to be warned (最低库存)
         * @description Roles: dispenser.
         */
        put: operations["set-minimum"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The own templates, and those that the own department agreed on
         * @description Roles: doctor.
         */
        get: operations["list-templates"];
        put?: never;
        /**
         * Keep a prescription's lines as an own template
         * @description Codes and numbers are checked against the catalogue; what is prescribed from it later is checked like anything typed.
         *
         *     Roles: doctor.
         */
        post: operations["save-template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/wanted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What departments want to agree on, and what they agreed on
         * @description Roles: reviewer.
         */
        get: operations["list-wanted-templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write an own template anew
         * @description One that was offered to the department is the author's alone again. One that is agreed is taken back first.
         *
         *     Roles: doctor.
         */
        put: operations["change-template"];
        post?: never;
        /**
         * Throw an own template away
         * @description Roles: doctor.
         */
        delete: operations["delete-template"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{id}/judgement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept a department's template, or decline it with a reason
         * @description Roles: reviewer.
         */
        post: operations["judge-template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{id}/propose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Offer an own template to the department (协定方)
         * @description Roles: doctor.
         */
        post: operations["propose-template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an own template one's own alone again
         * @description Roles: doctor.
         */
        post: operations["withdraw-template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/triage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which switches of the questionnaire are on; its questions come with a complaint
         * @description Roles: patient.
         */
        get: operations["get-triage"];
        put?: never;
        /**
         * What the tables know of a complaint and its answers; nothing is kept
         * @description The complaint is not part of the address, which others log. Finding nothing does not mean that there is nothing.
         *
         *     Roles: patient.
         */
        post: operations["judge-case"];
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
        AccessesOutputBody: {
            /** @description Newest first; the last hundred of each kind */
            accesses: components["schemas"]["PatientAccess"][] | null;
        };
        AccesslogLine: {
            /**
             * @description profile: name, allergies and history; identity: a step of whose number and record it is; family: what a relative read or did; log: a search like this one
             * @enum {string}
             */
            about: "profile" | "prescription" | "identity" | "family" | "log";
            /** Format: date-time */
            at: string;
            /**
             * @description Log-in name of a reader who is staff here
             * @example doctor7
             */
            login?: string;
            /** @example h1 */
            org: string;
            /**
             * @description Opaque id
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            patient: string;
            /**
             * @description Opaque id
             * @example u7k2mq4xw5zt3yb6nc2db
             */
            reader: string;
            /**
             * @description On what ground
             * @example doctor of the visit
             */
            reason: string;
            /** @example doctor */
            role: string;
            /**
             * @description The visit that gave the right, or the prescription that was read; of a relative, the operation; else empty
             * @example CN20261122012345678947
             */
            subject: string;
        };
        AccesslogQuestion: {
            /**
             * @description First day, in China
             * @example 2026-11-01
             */
            from?: string;
            /**
             * @description Person id of the patient; absent: anybody
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            patient?: string;
            /**
             * @description Log-in name of staff, or a person id; absent: anybody
             * @example doctor7
             */
            reader?: string;
            /**
             * @description Why it is asked, for the other administrators to read
             * @example 患者投诉 2026-118
             */
            reason: string;
            /**
             * @description Last day, in China
             * @example 2026-11-30
             */
            to?: string;
        };
        AccesslogSearch: {
            /**
             * @description Log-in name of who asked
             * @example admin
             */
            admin: string;
            /** Format: date-time */
            at: string;
            /**
             * @description First day, in China
             * @example 2026-11-01
             */
            from?: string;
            /** @example AQ4MZ6Z7G3Z5X2J4YH6K8N1P3R5 */
            id: string;
            /**
             * @description Person id of the patient; absent: anybody
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            patient?: string;
            /**
             * @description Log-in name of staff, or a person id; absent: anybody
             * @example doctor7
             */
            reader?: string;
            /**
             * @description Why it is asked, for the other administrators to read
             * @example 患者投诉 2026-118
             */
            reason: string;
            /**
             * @description Last day, in China
             * @example 2026-11-30
             */
            to?: string;
        };
        AccountBody: {
            /**
             * @description What must be done before anything else: change the password, set up the second factor, agree to the papers in force (until then one reads what is one's own)
             * @enum {string}
             */
            due?: "password" | "second-factor" | "consent";
            /** @example a7k2mq4xw5zt3yb6nc2da */
            id: string;
            /**
             * @description Member id of the organisation
             * @example h1
             */
            org: string;
            /**
             * @description Opaque person id of this log-in; the CN of the person's certificates, unless another log-in of the same human was there first
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            person: string;
            /** @enum {string} */
            role: "patient" | "doctor" | "reviewer" | "dispenser" | "regulator" | "analyst" | "admin";
        };
        AccountsFactor: {
            /**
             * Format: int64
             * @description Recovery codes that are left
             * @example 10
             */
            recovery: number;
            /** @description This account may not be without one */
            required: boolean;
            set: boolean;
            /** Format: date-time */
            since?: string;
        };
        AccountsFactorSetup: {
            /**
             * @description For an app that cannot scan
             * @example JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
             */
            secret: string;
            /**
             * @description What the authenticator app scans
             * @example otpauth://totp/Smart%20Hospital:doctor7?secret=…
             */
            uri: string;
        };
        AccountsOpenSession: {
            /** @description It is the one that asks */
            current: boolean;
            /**
             * @description As the device called itself; empty: it said nothing
             * @example Chrome, Windows
             */
            device: string;
            /**
             * @description Names the session; opens nothing
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            id: string;
            /** @example doctor7 */
            login: string;
            /** @example u7k2mq4xw5zt3yb6nc2da */
            person: string;
            /** @enum {string} */
            role: "doctor" | "reviewer" | "dispenser" | "regulator" | "analyst" | "admin";
            /**
             * Format: date-time
             * @description When it began
             */
            since: string;
            /**
             * Format: date-time
             * @description Last use, to ten minutes
             */
            usedAt: string;
        };
        AccountsStaff: {
            /** Format: date-time */
            createdAt: string;
            /** @description Wrong guesses at its name are being delayed */
            delayed: boolean;
            /** @description It has a second factor */
            factor: boolean;
            /** @example doctor7 */
            login: string;
            /** @example u7k2mq4xw5zt3yb6nc2da */
            person: string;
            /** @enum {string} */
            role: "doctor" | "reviewer" | "dispenser" | "regulator" | "analyst" | "admin";
            /** @enum {string} */
            state: "open" | "first-password" | "suspended" | "closed";
            /** @description The number of a document is not entered yet: as an administrator it approves no key and puts nobody into office */
            unidentified?: boolean;
        };
        AgreeInputBody: {
            /**
             * @description By name; those that were shown
             * @example {
             *       "privacy": 2,
             *       "service": 1
             *     }
             */
            versions: {
                [key: string]: number;
            };
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
             * @example 2000
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
             * @example 2031-12-31
             */
            licensedUntil: string;
            /** @example 李明 */
            name: string;
            /** @description Doctors only */
            paediatric?: boolean;
            /**
             * Format: date
             * @description First day of independent practice
             * @example 2012-07-01
             */
            practiceSince: string;
            /** @enum {string} */
            title: "resident" | "attending" | "associate-chief" | "chief" | "pharmacist" | "pharmacist-in-charge" | "associate-chief-pharmacist" | "chief-pharmacist";
        };
        ApproveInputBody: {
            /**
             * Format: int64
             * @description The version that was read
             * @example 3
             */
            version: number;
        };
        BindCardInputBody: {
            /**
             * @description Token of the digital insurance card (医保电子凭证); never shown again
             * @example EC7QM2XW5ZT3YB6NC2DAJ4HRL8
             */
            ecToken: string;
        };
        BlocksOutputBody: {
            /** @description Blocks that hold records, newest first */
            blocks: components["schemas"]["ChainBlock"][] | null;
            /**
             * Format: int64
             * @description Give it as before for the next page; absent: the end
             * @example 17
             */
            next?: number;
        };
        Bundle: {
            /**
             * @description As in the pick-up code: who has it may have the prescription claimed
             * @example K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ
             */
            accessCode: string;
            /** @description Document, receipt and salt of issue, approval and payment, in this order */
            evidence: components["schemas"]["Evidence"][] | null;
            /** @example RX20261122012345678947 */
            prescription: string;
            /**
             * Format: int64
             * @description Version of the format
             * @example 1
             */
            v: number;
        };
        CancelInputBody: {
            /**
             * @description The doctor must give one
             * @example 患者要求取消
             */
            reason?: string;
        };
        CardsOutputBody: {
            /** @description One at most; empty when none is bound */
            cards: components["schemas"]["PaymentCard"][] | null;
        };
        CaseInputBody: {
            /**
             * Format: int64
             * @description Completed months
             * @example 432
             */
            ageMonths?: number;
            answers?: components["schemas"]["TriageAnswer"][] | null;
            /**
             * @description Chief complaint (主诉); it is judged and not kept
             * @example 咳嗽三天，没有发烧
             */
            complaint: string;
            /**
             * @description Person id of somebody for whom the caller acts; left out: oneself, or nobody's in particular where age or sex is told
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            for?: string;
            /** @enum {string} */
            sex?: "male" | "female";
        };
        CaseOutputBody: {
            /** @description Answers that contradict the complaint or each other: ask again, and send sure with the reply */
            again: components["schemas"]["TriageQuestion"][] | null;
            /** @description At most three, the likeliest first; none: nothing was said */
            departments: components["schemas"]["TriageSuggestion"][] | null;
            /** @description Departments are suggested */
            departmentsOn: boolean;
            /** @description A sign of level 1 or 2: no online visit; call 120 or go to the nearest emergency department */
            emergency: boolean;
            /** @description Signs of danger are looked for; a request with one of level 1 or 2 is refused as an emergency */
            flagsOn: boolean;
            /**
             * Format: int64
             * @description Of the gravest sign; 0: none was recognised, which does not mean that there is none
             * @example 2
             */
            level: number;
            /** @description What belongs to the complaint and was neither said nor answered, at most eight */
            questions: components["schemas"]["TriageQuestion"][] | null;
            /** @description The gravest first */
            signs: components["schemas"]["TriageSign"][] | null;
            /**
             * @description Of the tables
             * @example 2bc9c4b6daa9
             */
            version: string;
        };
        CatalogueDiagnosis: {
            /** @description 慢性病: a longer supply may be justified */
            chronic: boolean;
            /** @example I10 */
            code: string;
            /** @example Acute upper respiratory infection */
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
            /**
             * @description Not none: not prescribed online
             * @example none
             */
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
            /**
             * @description Packing as printed
             * @example 28片/盒
             */
            package: string;
            /**
             * @description Code of the package's unit
             * @example 盒
             */
            packageUnit: string;
            /**
             * Format: int64
             * @description Counted units in one package
             * @example 28
             */
            pieces: number;
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
            /**
             * @description Code of the unit that is counted
             * @example 片
             */
            unit: string;
            usual: components["schemas"]["UsualDosage"];
        };
        CatalogueFrequency: {
            /**
             * @description Latin abbreviation
             * @example tid
             */
            code: string;
            /** @example three times a day */
            englishName: string;
            /**
             * @description As prescriptions print it
             * @example 每日三次
             */
            name: string;
            /**
             * Format: int64
             * @example 1
             */
            perDays: number;
            /**
             * Format: int64
             * @description Doses in so many days; 0: as needed (必要时)
             * @example 3
             */
            times: number;
        };
        CatalogueLeaflet: {
            /** @enum {string} */
            class: "rx" | "otc";
            /** @example D0135 */
            code: string;
            /**
             * @description Of maxDaily
             * @example mg
             */
            doseUnit: string;
            /** @example Amlodipine */
            englishName: string;
            /** @description In the order of the tables; empty: they hold none, which does not mean that there are none */
            facts: components["schemas"]["LeafletFact"][] | null;
            /**
             * @description The label's maximum a day; 0: the tables state none
             * @example 10
             */
            maxDaily: string;
            /**
             * Format: int64
             * @description Years below which the label advises against it; 0: the tables state none
             * @example 6
             */
            minAge: number;
            /**
             * @description What a leaflet says and the tables have nothing checked of
             * @example [
             *       "storage"
             *     ]
             */
            missing: string[] | null;
            /**
             * @description Generic name (通用名) with form
             * @example 苯磺酸氨氯地平片
             */
            name: string;
            /**
             * @description Packing as printed
             * @example 28片/盒
             */
            package: string;
            /**
             * @description Code of the package's unit
             * @example 盒
             */
            packageUnit: string;
            /**
             * Format: int64
             * @description Counted units in one package
             * @example 28
             */
            pieces: number;
            /**
             * @description none: no special warning
             * @example caution
             * @enum {string}
             */
            pregnancy: "none" | "caution" | "contraindicated";
            /**
             * @description Of the facts above
             * @example 药品说明书
             */
            source: string;
            /** @example 5mg */
            strength: string;
            /**
             * @description Code of the unit that is counted
             * @example 片
             */
            unit: string;
        };
        CatalogueMedicine: {
            /** @enum {string} */
            class: "rx" | "otc";
            /** @example D0135 */
            code: string;
            /** @example Amlodipine */
            englishName: string;
            /**
             * @description Generic name (通用名) with form
             * @example 苯磺酸氨氯地平片
             */
            name: string;
            /**
             * @description Packing as printed
             * @example 28片/盒
             */
            package: string;
            /**
             * @description Code of the package's unit
             * @example 盒
             */
            packageUnit: string;
            /**
             * Format: int64
             * @description Counted units in one package
             * @example 28
             */
            pieces: number;
            /** @example 5mg */
            strength: string;
            /**
             * @description Code of the unit that is counted
             * @example 片
             */
            unit: string;
        };
        CatalogueTerm: {
            /**
             * @description Latin abbreviation of a route; our own code of a form
             * @example po
             */
            code: string;
            /** @example oral */
            englishName: string;
            /**
             * @description As prescriptions print it
             * @example 口服
             */
            name: string;
        };
        CatalogueUnit: {
            /**
             * @description As prescriptions print it
             * @example 片
             */
            code: string;
            /** @example tablet */
            englishName: string;
            /** @example tablets */
            englishPlural: string;
            /** @example 片 */
            name: string;
        };
        ChainAdoption: {
            list: components["schemas"]["MembershipMembers"];
            votes: components["schemas"]["ChainRecord"][] | null;
        };
        ChainAttempt: {
            /** @example MIIB… */
            actorCert: string;
            /**
             * Format: int32
             * @example 14
             */
            code: number;
            /**
             * Format: int64
             * @example 18
             */
            height: number;
            record: components["schemas"]["ChainRecord"];
            /**
             * Format: int64
             * @example 1795358001391
             */
            time: number;
        };
        ChainBlock: {
            /**
             * Format: int64
             * @example 18
             */
            height: number;
            /** @example h1 */
            proposer?: string;
            /**
             * @example [
             *       "957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"
             *     ]
             */
            records: string[] | null;
            /**
             * @example [
             *       "h1"
             *     ]
             */
            seals: string[] | null;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            stateRoot: string;
            /** Format: date-time */
            time: string;
        };
        ChainCommitted: {
            /**
             * Format: int64
             * @example 18
             */
            height: number;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            id: string;
            /**
             * Format: int64
             * @example 9
             */
            index: number;
            record: components["schemas"]["ChainRecord"];
            /** Format: date-time */
            time: string;
        };
        ChainConsistency: {
            new: components["schemas"]["ChainSealedHeader"];
            old: components["schemas"]["ChainSealedHeader"];
            /**
             * @example [
             *       "957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"
             *     ]
             */
            path: string[] | null;
            /**
             * Format: int64
             * @example 1
             */
            v: number;
        };
        ChainHeader: {
            /** @example demo-ppk7scfuqg */
            chain: string;
            /**
             * Format: int64
             * @example 18
             */
            height: number;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            logRoot: string;
            /**
             * Format: int64
             * @example 10
             */
            logSize: number;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            membersRoot: string;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            statusRoot: string;
            /**
             * Format: int64
             * @example 1795358001391
             */
            time: number;
        };
        ChainHealth: {
            /** Format: date-time */
            blockTime: string;
            /** @example demo-ppk7scfuqg */
            chainId: string;
            /**
             * Format: int64
             * @example 60
             */
            height: number;
            /**
             * Format: int64
             * @example 0
             */
            peers: number;
            /**
             * Format: int64
             * @example 4
             */
            power: number;
            /**
             * Format: int64
             * @example 4
             */
            reach: number;
            ready: boolean;
            /**
             * Format: int64
             * @example 33
             */
            records: number;
            /**
             * Format: int64
             * @example 60
             */
            sealedUpTo: number;
            /** @example 4366deffec2c2b0e8a648dcd00075596f5f43214f08601712e597a27b9c2ee63 */
            stateRoot: string;
            /**
             * Format: int64
             * @example 0
             */
            waiting: number;
        };
        ChainHistory: {
            adoptions: components["schemas"]["ChainAdoption"][] | null;
            genesis: components["schemas"]["MembershipMembers"];
            /**
             * Format: int64
             * @example 1
             */
            v: number;
        };
        ChainPlace: {
            /**
             * Format: int64
             * @example 0
             */
            index: number;
            /**
             * @example [
             *       "957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"
             *     ]
             */
            path?: string[] | null;
            /**
             * Format: int64
             * @example 1
             */
            size: number;
        };
        ChainReceipt: {
            /** @example MIIB… */
            actorCert: string;
            header: components["schemas"]["ChainHeader"];
            /**
             * Format: int64
             * @example 9
             */
            index: number;
            /** @example MIIB… */
            orgCert: string;
            /**
             * @example [
             *       "957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"
             *     ]
             */
            path: string[] | null;
            record: components["schemas"]["ChainRecord"];
            seals: components["schemas"]["ChainSeal"][] | null;
            /**
             * Format: int64
             * @example 1
             */
            v: number;
        };
        ChainRecord: {
            /** @example MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5= */
            actorSig: string;
            batch?: components["schemas"]["ChainPlace"];
            /** @example MIIB… */
            orgCert: string;
            /** @example MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5= */
            orgSig: string;
            statement: components["schemas"]["ChainStatement"];
        };
        ChainSeal: {
            /** @example h1 */
            member: string;
            /** @example MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5= */
            sig: string;
        };
        ChainSealedHeader: {
            header: components["schemas"]["ChainHeader"];
            seals: components["schemas"]["ChainSeal"][] | null;
        };
        ChainStatement: {
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            actor: string;
            /** @example demo-ppk7scfuqg */
            chain: string;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            digest: string;
            facts: components["schemas"]["ContractFacts"];
            /** @example rx.issue */
            kind: string;
            /** @example h1 */
            org: string;
            /**
             * Format: int64
             * @example 1
             */
            seq: number;
            /** @example rx:RX20261122442427997927 */
            subject: string;
            /**
             * Format: int64
             * @example 1795358001391
             */
            time: number;
            /**
             * Format: int64
             * @example 1
             */
            v: number;
        };
        ChainStatusLeaf: {
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            key: string;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            value: string;
        };
        ChainStatusReceipt: {
            header: components["schemas"]["ChainHeader"];
            other?: components["schemas"]["ChainStatusLeaf"];
            /**
             * @example [
             *       "957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"
             *     ]
             */
            path: string[] | null;
            seals: components["schemas"]["ChainSeal"][] | null;
            state: components["schemas"]["ContractSubjectState"];
            /**
             * Format: int64
             * @example 1
             */
            v: number;
        };
        ChangePasswordInputBody: {
            /**
             * Format: password
             * @example correct horse battery
             */
            old: string;
            /**
             * Format: password
             * @description The new one
             * @example another horse battery
             */
            password: string;
        };
        ChangeTemplateInputBody: {
            /**
             * @description ICD-10 codes
             * @example [
             *       "I10.x00"
             *     ]
             */
            diagnoses?: string[] | null;
            items: components["schemas"]["TemplateItem"][] | null;
            /** @example 高血压续方 */
            name: string;
            /**
             * Format: int64
             * @description Version that was seen
             * @example 1
             */
            version: number;
        };
        ChangesOutputBody: {
            /** @description Those with the most power first; at most 50 */
            changes: components["schemas"]["MembershipOpenChange"][] | null;
        };
        ChatFile: {
            /** @example F7k2mq4xw5zt3yb6nc2da */
            id: string;
            /** @enum {string} */
            mediaType: "image/jpeg" | "image/png" | "image/webp";
            /**
             * Format: int64
             * @description Bytes, as it is kept: without metadata, upright
             * @example 184320
             */
            size: number;
        };
        ChatMarks: {
            /**
             * Format: int64
             * @example 7
             */
            doctor: number;
            /**
             * Format: int64
             * @example 5
             */
            patient: number;
        };
        ChatMessage: {
            /** Format: date-time */
            at: string;
            /**
             * @description Person id of who wrote it in the side's place: a guardian or relative. Left out where the patient or the visit's doctor wrote, and of messages older than this note
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            by?: string;
            /**
             * @description Name of that one, as far as it is known now
             * @example 陈晓燕
             */
            byName?: string;
            /** @example 6f1c2b9e-3b0f */
            clientId: string;
            /**
             * @description Id of a picture of this consultation
             * @example F7k2mq4xw5zt3yb6nc2da
             */
            file?: string;
            /** @enum {string} */
            kind: "text" | "image" | "system";
            /** @enum {string} */
            sender: "patient" | "doctor" | "system";
            /**
             * Format: int64
             * @description 1, 2, 3 … within the consultation, without gap
             * @example 7
             */
            seq: number;
            /** @description While the visit waits: a sign of danger in what the patient wrote. No conclusion; left out once the visit has begun */
            sign?: components["schemas"]["TriageSign"];
            /** @example 您好，咳嗽三天了 */
            text?: string;
        };
        ChatPage: {
            /**
             * @description When it is not the one you know, forget your messages and start at since=0
             * @example k7qm2xw5zt3yb6nc2daj4hrl8p
             */
            epoch: string;
            /**
             * Format: int64
             * @example 7
             */
            lastSeq: number;
            messages: components["schemas"]["ChatMessage"][] | null;
            read: components["schemas"]["ChatMarks"];
            /** @example active */
            state: string;
        };
        ChildInputBody: {
            /**
             * Format: date
             * @example 1985-04-12
             */
            birthDate: string;
            /**
             * @description Of a passport: three letters (ISO 3166-1)
             * @example FRA
             */
            country?: string;
            /**
             * @description Left out: a resident id card
             * @enum {string}
             */
            document?: "resident" | "passport" | "hk-macao-permit" | "taiwan-permit" | "foreigner-card" | "birth-certificate";
            /** @example 11010519491231002X */
            idNumber: string;
            /** @example 陈晓燕 */
            name: string;
            /**
             * @description What the caller is to the child
             * @enum {string}
             */
            relation: "parent" | "other";
            /** @enum {string} */
            sex: "male" | "female";
        };
        ChooseInputBody: {
            /**
             * @description Member id, as /v1/pharmacies lists them
             * @example p1
             */
            pharmacy: string;
        };
        Closing: {
            /** @description true: it is not held (停诊), and its appointments are cancelled; false: it is held after all */
            closed: boolean;
            /**
             * Format: date-time
             * @description Beginning of the session, which names it
             */
            start: string;
        };
        ClosingHindrance: {
            /**
             * @description Of the consultation, prescription or settlement; of the child's record
             * @example RX20261122442427997927
             */
            id: string;
            /** @enum {string} */
            kind: "visit" | "prescription" | "payment" | "guardian";
        };
        ClosingKept: {
            /**
             * @description records: visits, notes, chat and the profile; accesses: who read it; chain: proofs without personal data
             * @enum {string}
             */
            what: "records" | "prescriptions" | "payments" | "accesses" | "chain";
            /**
             * Format: int64
             * @description At least; 0: for ever
             * @example 15
             */
            years: number;
        };
        ClosingState: {
            /**
             * Format: date-time
             * @description The account is closed then, unless somebody logs in before
             */
            closingAt?: string;
            /**
             * Format: int64
             * @description Days between the wish and the deed, rounded up
             * @example 7
             */
            coolingOffDays: number;
            /** @description What must come to an end first */
            hindrances: components["schemas"]["ClosingHindrance"][] | null;
            /** @description What the law has the hospital keep, under the patient's number; the account no longer opens it */
            keeps: components["schemas"]["ClosingKept"][] | null;
        };
        CodeInputBody: {
            /**
             * @description The eight digits that the relative reads out
             * @example 40718263
             */
            code: string;
        };
        ConfigSetting: {
            /**
             * @description What it is when nobody sets it
             * @example 24h
             */
            default: string;
            /**
             * @description Its variable
             * @example HOSPITAL_CLAIM_LEASE
             */
            env: string;
            /**
             * @description Where the value comes from
             * @enum {string}
             */
            from: "flag" | "environment" | "file" | "default";
            /**
             * @description What it means
             * @example How long a pharmacy's claim holds.
             */
            help: string;
            /**
             * @description As its flag and in the file
             * @example claim-lease
             */
            name: string;
            /** @example 24h0m0s */
            value: string;
        };
        ConfirmFactorInputBody: {
            /** @example 287082 */
            code: string;
        };
        ConsentGiven: {
            /** Format: date-time */
            agreedAt: string;
            /**
             * @description SM3 of the text that was agreed to
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            digest: string;
            /** @enum {string} */
            paper: "service" | "privacy";
            /**
             * Format: int64
             * @example 2
             */
            version: number;
            /** Format: date-time */
            withdrawnAt?: string;
        };
        ConsentPaper: {
            /**
             * @description SM3 of the text in all languages, lower hex
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            digest: string;
            /** @enum {string} */
            name: "service" | "privacy";
            /**
             * @description In force from this day on
             * @example 2026-12-01
             */
            since: string;
            /**
             * Format: int64
             * @example 2
             */
            version: number;
            /** @description By language: zh-Hans, en */
            words: {
                [key: string]: components["schemas"]["ConsentText"];
            };
        };
        ConsentText: {
            /**
             * @description A heading, then its paragraphs
             * @example [
             *       [
             *         "存放在哪里",
             *         "…"
             *       ]
             *     ]
             */
            chapters: (string[] | null)[] | null;
            /** @example 隐私政策 */
            title: string;
        };
        ConsentsOutputBody: {
            /** @description Newest first, at most 100 */
            consents: components["schemas"]["ConsentGiven"][] | null;
        };
        ConsultAppointment: {
            /** Format: date-time */
            end: string;
            /**
             * Format: int64
             * @description The patient's number in the session, from 1 (号序)
             * @example 3
             */
            number: number;
            /** Format: date-time */
            start: string;
        };
        ConsultDiagnosis: {
            /** @example J06.9 */
            code: string;
            /** @example 急性上呼吸道感染 */
            name: string;
        };
        ConsultIntake: {
            /** @example 咳嗽三天，无发热 */
            complaint: string;
            /** @example 三天 */
            duration: string;
            guardian: boolean;
            /** @example 2026-08-03 市一医院 J06.9 */
            prior: string;
        };
        ConsultNote: {
            /** Format: date-time */
            at: string;
            /** @example 咳嗽三天，无发热 */
            complaint: string;
            diagnoses: components["schemas"]["ConsultDiagnosis"][] | null;
            /** @example 三天前受凉后咳嗽，夜间明显 */
            history: string;
            /** @example 对症用药，多饮水，三天后随访 */
            plan: string;
            prior: components["schemas"]["ConsultPriorDiagnosis"][] | null;
            /**
             * Format: int64
             * @example 3
             */
            version: number;
        };
        ConsultPriorDiagnosis: {
            /** @example J06.9 */
            code: string;
            /** Format: date-time */
            date: string;
            /** @example 市第一人民医院 */
            hospital: string;
        };
        ConsultView: {
            /** Format: date-time */
            acceptedAt?: string;
            /** @description The session the visit is for (预约) */
            appointment?: components["schemas"]["ConsultAppointment"];
            /** Format: date-time */
            closedAt?: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * @description Code of the department
             * @example respiratory
             */
            department: string;
            /**
             * @description Person id
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            doctor: string;
            /**
             * @description Changes when the message stream was made anew: forget the numbers you know
             * @example k7qm2xw5zt3yb6nc2daj4hrl8p
             */
            epoch: string;
            /**
             * Format: int64
             * @description Fee in fen
             * @example 2000
             */
            feeFen: number;
            /**
             * @description Person id of who consults for the patient: a child's guardian, or a relative whom an adult lets act
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            guardian?: string;
            /** @example CN20261122012345678947 */
            id: string;
            intake: components["schemas"]["ConsultIntake"];
            /**
             * Format: int64
             * @description Number of the newest message
             * @example 7
             */
            lastSeq: number;
            /**
             * @description What the caller may do now
             * @example [
             *       "start",
             *       "cancel"
             *     ]
             */
            next: string[] | null;
            note?: components["schemas"]["ConsultNote"];
            /**
             * @description Person id
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            patient: string;
            /** @description For the patient who waits now */
            queue?: components["schemas"]["WaitingPlace"];
            /**
             * @description Of a cancellation; 'expired' when nobody accepted in time, 'session-not-held' when the doctor does not hold the session (停诊)
             * @example expired
             */
            reason?: string;
            /** Format: date-time */
            startedAt?: string;
            /** @enum {string} */
            state: "requested" | "accepted" | "active" | "finished" | "cancelled";
            /**
             * Format: date-time
             * @description Of a finished one: until then it takes prescriptions and its doctor reads the patient's record
             */
            takesUntil?: string;
            /**
             * Format: int64
             * @description Messages of the other side above the caller's read mark; steps of the visit are not counted
             * @example 2
             */
            unread: number;
            /** @description For the doctor: reasons to look at it soon; the order is by waiting time alone */
            urgent?: components["schemas"]["WaitingMark"][] | null;
            /**
             * Format: int64
             * @example 3
             */
            version: number;
            /**
             * Format: date-time
             * @description While the patient waits: since when, or the beginning of the session
             */
            waitsFrom?: string;
        };
        Contact: {
            /**
             * @description One line in its own words; empty: none is given
             * @example 心血管与呼吸专科，全年无休
             */
            about: string;
            /**
             * @description As the list of members has it
             * @example 仁济智慧医院
             */
            name: string;
            /**
             * @description Telephone of the desk; empty: none is given
             * @example 021-00000000
             */
            phone: string;
        };
        ContractFacts: {
            /**
             * Format: int64
             * @example 1200
             */
            amount?: number;
            /** @example MIIB… */
            cert?: string;
            /** @example eyJiYXNl… */
            change?: string;
            /** @example packages */
            class?: string;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            code?: string;
            /**
             * Format: int64
             * @example 1795617201391
             */
            expires?: number;
            /** @example lot:L7Q2M */
            lot?: string;
            /**
             * @example [
             *       "pat-7Q2M"
             *     ]
             */
            parties?: string[] | null;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            pickup?: string;
            /**
             * Format: int64
             * @example 88000
             */
            price?: number;
            /** @example lot:D1 */
            priceLot?: string;
            /** @example pay:ST20261122170838139661 */
            ref?: string;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            root?: string;
            /**
             * @example [
             *       "957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"
             *     ]
             */
            tags?: string[] | null;
            /** @example p1 */
            to?: string;
            /**
             * Format: int64
             * @example 1795617201391
             */
            until?: number;
        };
        ContractSubjectState: {
            /**
             * Format: int64
             * @example 1200
             */
            amount?: number;
            /**
             * Format: int64
             * @example 1200
             */
            balance?: number;
            /**
             * Format: int64
             * @example 1
             */
            claims?: number;
            /** @example packages */
            class?: string;
            contested?: boolean;
            /**
             * Format: int64
             * @example 1795617201391
             */
            expires?: number;
            /** @example r1 */
            freezer?: string;
            /**
             * Format: int64
             * @example 200
             */
            held?: number;
            /** @example p1 */
            holder?: string;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            last: string;
            /** @example lot:L7Q2M */
            lot?: string;
            /** @example h1 */
            org: string;
            /**
             * @example [
             *       "pat-7Q2M"
             *     ]
             */
            parties?: string[] | null;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            person?: string;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            pickup?: string;
            /**
             * Format: int64
             * @example 88000
             */
            price?: number;
            /** @example lot:D1 */
            priceLot?: string;
            /** @example pay:ST20261122170838139661 */
            ref?: string;
            renewed?: boolean;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            root?: string;
            /**
             * Format: int64
             * @example 1
             */
            seq: number;
            /** @example paid */
            status: string;
            /** @example rx:RX20261122442427997927 */
            subject: string;
            /** @example p1 */
            to?: string;
            /**
             * Format: int64
             * @example 1795617201391
             */
            until?: number;
        };
        CreateStaffInputBody: {
            /**
             * @description A pseudonym, not the person's name
             * @example doctor7
             */
            login: string;
            /** @example h1 */
            org: string;
            /**
             * Format: password
             * @example correct horse battery
             */
            password: string;
            /** @enum {string} */
            role: "doctor" | "reviewer" | "dispenser" | "regulator" | "analyst" | "admin";
        };
        DamagedRow: {
            /**
             * @description Its key
             * @example ST20261122170838139661
             */
            row: string;
            /**
             * Format: date-time
             * @description When this process first met it
             */
            since: string;
            /** @example payment_settlements */
            table: string;
        };
        DayVisits: {
            /**
             * Format: int64
             * @description Begun and not ended
             * @example 2
             */
            active: number;
            /**
             * Format: int64
             * @description Asked for today, whatever became of them
             * @example 64
             */
            asked: number;
            /**
             * Format: int64
             * @description Of these, cancelled by patient, doctor or time
             * @example 5
             */
            cancelled: number;
            /**
             * Format: int64
             * @description Of these, finished
             * @example 50
             */
            finished: number;
            /**
             * Format: date-time
             * @description Since when the first of them waits
             */
            since?: string;
            /**
             * Format: int64
             * @description Mean wait of these until a doctor accepted; appointments are left out
             * @example 12
             */
            waitedMinutes: number;
            /**
             * Format: int64
             * @description Requested or accepted, and not begun; of any day
             * @example 7
             */
            waiting: number;
        };
        DecideInputBody: {
            /** @enum {string} */
            decision: "settled" | "not-settled" | "refunded";
            /**
             * @description The bureau's number; with settled only
             * @example ORD0a1b2c
             */
            order?: string;
            /**
             * @description Whom you asked and what they said
             * @example 电话问过医保中心，未结算
             */
            reason: string;
            /**
             * Format: int64
             * @description Of the case that was read
             * @example 20
             */
            version: number;
        };
        DecidePhotoInputBody: {
            /**
             * @description Of the photo that was looked at
             * @example 66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0
             */
            digest: string;
            /** @description false: refuse it, or take down the one that is shown */
            show: boolean;
        };
        DepartmentsOutputBody: {
            departments: components["schemas"]["PractitionersDepartment"][] | null;
        };
        DeskOutputBody: {
            /** @description Longest waiting first */
            cases: components["schemas"]["PaymentCase"][] | null;
        };
        DevicesKnown: {
            /** @description It is the one that asks */
            current: boolean;
            /**
             * Format: date-time
             * @description First log-in there
             */
            firstAt: string;
            /** @example dk7qm2xw5zt3yb6nc2dab */
            id: string;
            /**
             * Format: date-time
             * @description Last log-in there
             */
            lastAt: string;
            /**
             * @description As the device called itself
             * @example Chrome, Windows
             */
            name: string;
            /** @description A session is open there */
            open: boolean;
        };
        DevicesOutputBody: {
            /** @description Last used first */
            devices: components["schemas"]["DevicesKnown"][] | null;
        };
        DiagnosesOutputBody: {
            /** @description Best match first */
            diagnoses: components["schemas"]["CatalogueDiagnosis"][] | null;
        };
        Diagnostics: {
            chain: components["schemas"]["ChainHealth"];
            checks: {
                [key: string]: string;
            };
            /** @description Rows of the database that could not be read in the last hour and were left out; each needs a person */
            damaged: components["schemas"]["DamagedRow"][] | null;
            /** @description Sandboxes and demo accounts are on */
            demo: boolean;
            /**
             * @description Ids of the keys this installation holds; never the keys
             * @example [
             *       "seal-h1"
             *     ]
             */
            keys: string[] | null;
            /**
             * @description Member id of this hospital
             * @example h1
             */
            member: string;
            outbox: components["schemas"]["OutboxHealth"];
            /**
             * Format: int64
             * @description Signatures the two SM libraries disagreed on; above 0 is an alarm
             * @example 0
             */
            splits: number;
            /** @example 1.0.0 */
            version: string;
        };
        DisclosureAnswer: {
            /**
             * @description base64 of the signed document's bytes
             * @example eyJzY2hlbWEiOiJob3NwaXRhbC5yeC5pc3N1ZS8xIn0=
             */
            document: string;
            /**
             * @description base64
             * @example q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=
             */
            salt: string;
        };
        DisclosureRequest: {
            /**
             * @description Chain id
             * @example demo-ppk7scfuqg
             */
            chain: string;
            /**
             * @description Member id of whom it asks
             * @example h1
             */
            hospital: string;
            /**
             * @description Member id of the regulator
             * @example r1
             */
            member: string;
            /**
             * @description 32 lower hex digits, new for every request
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e
             */
            nonce: string;
            /**
             * @description Record id
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            record: string;
            /**
             * @description base64 strict-DER SM2 signature of the regulator's seal over "hospital/disclosure/v1\n" and the canonical JSON of the other fields
             * @example MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5=
             */
            sig: string;
            /**
             * Format: int64
             * @description Unix milliseconds; at most five minutes off the hospital's clock
             * @example 1795358001391
             */
            time: number;
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
            /**
             * @description A rejected prescription to rework; its contents are copied when items are left out
             * @example RX20261122442427997927
             */
            supersedes?: string;
            /**
             * Format: int64
             * @description 1 to 3; 3 when left out
             * @example 3
             */
            validDays?: number;
            /**
             * Format: int64
             * @description Version that was seen
             * @example 3
             */
            version: number;
            /**
             * @description Consultation; may be left out when it supersedes a rejected prescription
             * @example c-01JD
             */
            visit?: string;
        };
        EnrolInputBody: {
            /**
             * @description Practitioners: base64 of the live key's strict-DER signature over {"publicKey":"…","purpose":"replace","replaces":"…","v":1}
             * @example MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5=
             */
            consent?: string;
            /**
             * @description Instead of the three above: base64 of a PKCS #10 request (DER), subject CN=person id, O=organisation, OU=role
             * @example MIIBHjCBxQIBADAjMSEw…
             */
            csr?: string;
            /**
             * @description The challenge
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            nonce?: string;
            /**
             * @description Uncompressed SM2 point, lower hex
             * @example 04957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            publicKey?: string;
            /**
             * @description Id of the live key this one takes the place of (renewal)
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            replaces?: string;
            /**
             * @description Base64 of the strict-DER SM2 signature over the challenge's text, made with the key itself
             * @example MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5=
             */
            signature?: string;
        };
        Evidence: {
            /** @example eyJzY2hlbWEiOiJob3NwaXRhbC5yeC5pc3N1ZS8xIn0= */
            document?: string;
            receipt: components["schemas"]["ChainReceipt"];
            /** @example q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA= */
            salt?: string;
        };
        EvidenceDossier: {
            attempts: components["schemas"]["ChainAttempt"][] | null;
            evidence: components["schemas"]["Evidence"][] | null;
            finding: unknown;
            history?: components["schemas"]["ChainHistory"];
        };
        ExportInputBody: {
            /**
             * @description First day in China
             * @example 2026-11-02
             */
            from: string;
            /**
             * @description Last day; with from at most 92 days
             * @example 2026-12-01
             */
            to: string;
        };
        ExportsExport: {
            /**
             * Format: int64
             * @description Of the file; while it is made, so far
             * @example 73400320
             */
            bytes: number;
            /**
             * Format: date-time
             * @description When the node deletes it
             */
            endsAt: string;
            /**
             * @description First day in China
             * @example 2026-11-02
             */
            from: string;
            /**
             * Format: int64
             * @description Of the block that closes it
             * @example 91822
             */
            height: number;
            /** @example E3MZ6Z7G3Z5X2J4YH6K8N1P3R5A */
            id: string;
            /**
             * Format: date-time
             * @description When it was asked for
             */
            madeAt: string;
            /**
             * Format: int64
             * @example 48211
             */
            records: number;
            /** @enum {string} */
            state: "making" | "ready" | "failed";
            /**
             * @description Last day
             * @example 2026-12-01
             */
            to: string;
            /**
             * @description Of one that failed
             * @enum {string}
             */
            why?: "export-too-large" | "no-room" | "interrupted";
        };
        ExportsOutputBody: {
            /** @description The caller's own, the newest first */
            exports: components["schemas"]["ExportsExport"][] | null;
        };
        FamilyInvitation: {
            /**
             * @description Eight digits, for one use; told to the relative, who types them in
             * @example 40718263
             */
            code: string;
            /** Format: date-time */
            expiresAt: string;
        };
        FamilyList: {
            /** @description Who reads or acts for the caller, or asks to */
            mine: components["schemas"]["FamilyView"][] | null;
            /** @description For whom the caller reads or acts, or asks to */
            others: components["schemas"]["FamilyView"][] | null;
        };
        FamilyOutputBody: {
            /**
             * @description Person ids of children the caller asked to be guardian of; a guardian of theirs or the desk confirms
             * @example [
             *       "u7k2mq4xw5zt3yb6nc2da"
             *     ]
             */
            asking: string[] | null;
            family: components["schemas"]["PatientsView"][] | null;
        };
        FamilyView: {
            /** @description The relative acts as well; false: reads only */
            acts: boolean;
            /** @example F7K2MQ4XW5ZT3YB6NC2DAJ4HR2P */
            id: string;
            /**
             * @description Of the other side, as it is on file
             * @example 陈晓燕
             */
            name?: string;
            /**
             * @description Person id of the other side; absent until the owner has confirmed
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            person?: string;
            /**
             * @description What the relative is to the owner of the record
             * @enum {string}
             */
            relation: "parent" | "spouse" | "child" | "other";
            /** Format: date-time */
            since: string;
            /**
             * @description asked: the owner confirms, within a day
             * @enum {string}
             */
            state: "asked" | "confirmed" | "ended";
        };
        FindingsOutputBody: {
            /** @description In the order asked for */
            findings: components["schemas"]["OversightFinding"][] | null;
            /**
             * @description Give it as before for the next page of the same order; absent: the end
             * @example 1795358001391~five-drugs:rx:RX1
             */
            next?: string;
        };
        HoursInputBody: {
            /** @description The whole week; an empty list ends the appointments */
            hours: components["schemas"]["PractitionersHours"][] | null;
            /** @description The week that was read; absent: whatever it is */
            was?: components["schemas"]["PractitionersHours"][] | null;
        };
        HoursOutputBody: {
            /** @description In the order of the week */
            hours: components["schemas"]["PractitionersHours"][] | null;
        };
        IdcodeCode: {
            /**
             * @description Text of the QR code; it says nothing by itself
             * @example HID1:H1:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43UOV3HO6DZPIYTEMZUGU3DOOBZ
             */
            code: string;
            /** Format: date-time */
            expiresAt: string;
            /**
             * @description Of whom it is, for the patient's own screen
             * @example 陈晓燕
             */
            name: string;
            /**
             * Format: int64
             * @description Ask for the next one after so many seconds
             * @example 60
             */
            renew: number;
            /**
             * Format: int64
             * @description It is good for so long
             * @example 90
             */
            seconds: number;
        };
        IdcodeShown: {
            /**
             * @description Absent where nothing of this patient waits at the reader's
             * @example 陈晓燕
             */
            name?: string;
            /** @description The name was proven, by the insurance bureau or at the desk; false: it was typed, or none is shown */
            proven: boolean;
            /** @description A pharmacy's: what waits there. A claim still needs the pick-up code */
            ready?: components["schemas"]["PrescriptionReady"][] | null;
            /** @description The hospital's desk: who it is and how sure that is */
            record?: components["schemas"]["PatientsDeskRecord"];
            /** @description A doctor's: the visit that is open between the two */
            visit?: components["schemas"]["IdcodeVisit"];
        };
        IdcodeVisit: {
            /** @example CN20261122012345678947 */
            id: string;
            /** @enum {string} */
            state: "requested" | "accepted" | "active";
        };
        IdentityBody: {
            /**
             * Format: date
             * @example 1985-04-12
             */
            birthDate: string;
            /**
             * @description Of a passport: three letters (ISO 3166-1)
             * @example FRA
             */
            country?: string;
            /**
             * @description Left out: a resident id card
             * @enum {string}
             */
            document?: "resident" | "passport" | "hk-macao-permit" | "taiwan-permit" | "foreigner-card" | "birth-certificate";
            /** @example 11010519491231002X */
            idNumber: string;
            /** @example 陈晓燕 */
            name: string;
            /** @enum {string} */
            sex: "male" | "female";
        };
        IdentityCodeInputBody: {
            /**
             * @description Text of the QR code
             * @example HID1:H1:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43UOV3HO6DZPIYTEMZUGU3DOOBZ
             */
            code: string;
        };
        ImportPricesInputBody: {
            /**
             * @description Of the dry run
             * @example 9f86d081884c7d65
             */
            digest: string;
            /**
             * @description CSV in base64, at most 716800 bytes and 20000 lines: UTF-8 or GB18030, with a heading. Columns: code (编码), price (单价, in yuan), offered (供应); others are not read
             * @example Y29kZSxwcmljZQpEMDEzNSwxNS4yMAo=
             */
            file: string;
        };
        InboxOutputBody: {
            /**
             * Format: int64
             * @description Before of the next page; absent at the end
             * @example 17
             */
            next?: number;
            /** @description Newest first, without quiet ones */
            notices: components["schemas"]["Notice"][] | null;
        };
        IncomingOutputBody: {
            /** @description Longest chosen first, at most a hundred */
            prescriptions: components["schemas"]["PrescriptionIncoming"][] | null;
        };
        IntentView: {
            /** @example rx.issue */
            action: string;
            /**
             * @description Canonical JSON (RFC 8785) of what the person is shown; sign nothing that is not in it
             * @example {"diagnoses":["J06.9"],"schema":"rx.issue/1"}
             */
            document: string;
            /** Format: date-time */
            expiresAt: string;
            /**
             * @description Where to send the signature: /v1/intents/{id}/sign
             * @example k7qm2xw5zt3yb6nc2daj4hrl8p
             */
            id: string;
            /**
             * @description Id the record will have on the chain
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            record: string;
            /**
             * @description Lower hex, 32 bytes
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            salt: string;
            /**
             * @description Canonical JSON; its UTF-8 bytes are what is signed (SM2 with SM3, id 1234567812345678)
             * @example {"actor":"957d…","kind":"rx.issue","seq":1,"subject":"rx:RX20261122442427997927","v":1}
             */
            statement: string;
        };
        InvalidField: {
            /**
             * @description Law or standard behind the rule
             * @example 处方管理办法 第十九条
             */
            cite?: string;
            /**
             * @description Path of the field
             * @example body.items[0].days
             */
            field: string;
            /**
             * @description Rule it breaks
             * @example expected number <= 84
             */
            rule: string;
        };
        InviteInputBody: {
            /** @description The relative shall act as well; false: read only */
            acts: boolean;
            /**
             * @description What the relative is to the caller
             * @enum {string}
             */
            relation: "parent" | "spouse" | "child" | "other";
        };
        KeyRequestsOutputBody: {
            /** @description What waits first, then the newest; at most a hundred */
            requests: components["schemas"]["KeysKeyRequest"][] | null;
        };
        KeysChallenge: {
            /** Format: date-time */
            expiresAt: string;
            /**
             * @description The text to sign: put the public key (130 hex digits) in place of PUBLICKEY
             * @example hospital key enrolment …
             */
            format: string;
            /**
             * @description 64 hex digits
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            nonce: string;
        };
        KeysKey: {
            /**
             * @description PEM
             * @example -----BEGIN CERTIFICATE-----
             *     MIIB…
             *     -----END CERTIFICATE-----
             */
            certificate: string;
            /**
             * @description Id of the certificate: lower hex SM3 of its DER
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            id: string;
            /** Format: date-time */
            notAfter: string;
            /** Format: date-time */
            notBefore: string;
            /** @example h1 */
            org: string;
            /** @example u7k2mq4xw5zt3yb6nc2da */
            person: string;
            /**
             * @description Uncompressed point, 130 hex digits
             * @example 04957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            publicKey: string;
            /**
             * @description Why it was revoked
             * @example device lost
             */
            reason?: string;
            /**
             * @description Id of the enrolment's chain record
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            record: string;
            /**
             * Format: date-time
             * @description From then on the device should offer to renew
             */
            renewFrom: string;
            /** @example doctor */
            role: string;
            /** @enum {string} */
            state: "pending" | "active" | "refused" | "revoked" | "expired";
        };
        KeysKeyRequest: {
            /**
             * Format: int64
             * @description Of two
             * @example 1
             */
            approvals: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /**
             * @description The person reads it to the administrators: SM3 of the public key's 65 bytes, cut
             * @example 957d ea02 2a8d
             */
            fingerprint: string;
            /** @example rk7qm2xw5zt3yb6nc2dab */
            id: string;
            /** @description The caller is one of those who approved */
            mine: boolean;
            /** @example h1 */
            org: string;
            /** @example u7k2mq4xw5zt3yb6nc2da */
            person: string;
            /** @example 04957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            publicKey: string;
            /** @example doctor */
            role: string;
            /** @enum {string} */
            state: "waiting" | "approved" | "refused" | "used" | "expired";
            /**
             * @description No key before; the password was reset by an administrator since the last key; or the live key is lost
             * @example first
             * @enum {string}
             */
            why: "first" | "after-reset" | "further";
        };
        KeysOutputBody: {
            /** @description Newest first */
            keys: components["schemas"]["KeysKey"][] | null;
        };
        LeafletFact: {
            /** @example contraindicated in the second and third trimester */
            en: string;
            /** @example PRE-001 */
            id: string;
            /**
             * @example pregnancy
             * @enum {string}
             */
            kind: "drug-drug" | "allergy" | "disease" | "pregnancy" | "lactation" | "age" | "indication" | "duration";
            /**
             * @example warning
             * @enum {string}
             */
            severity: "critical" | "warning" | "info";
            /**
             * @description Label and section
             * @example 缬沙坦胶囊说明书【孕妇及哺乳期妇女用药】
             */
            source: string;
            /** @example 妊娠中晚期禁用 */
            zh: string;
        };
        LinesOutputBody: {
            /** @description Newest first, at most 100 */
            lines: components["schemas"]["AccesslogLine"][] | null;
            /**
             * @description Give it as after for the next page; absent: the end
             * @example eyJwIjp7fX0
             */
            next?: string;
        };
        ListOutputBody: {
            /** @description In the order asked for */
            consultations: components["schemas"]["ConsultView"][] | null;
            /**
             * @description Give it as before for the next page; empty: the end
             * @example CN7k2mq4xw5zt3yb6nc2da
             */
            next?: string;
            /** @description For a doctor who asks for the waiting */
            queue?: components["schemas"]["WaitingQueue"];
        };
        LookupInputBody: {
            /**
             * @description Text of the patient's pick-up QR code
             * @example RXP1:RX20261122012345678947:…
             */
            pickup: string;
        };
        LotsOutputBody: {
            /** @description The earliest last day first */
            lots: components["schemas"]["PrescriptionExpiringView"][] | null;
            /**
             * @description Give it as after for the next page; empty: the end
             * @example 2027-06-30/D0020/B20260713
             */
            next?: string;
        };
        MedicinesOutputBody: {
            /** @description Best match first */
            medicines: components["schemas"]["CatalogueMedicine"][] | null;
            /** @description Others match as well: a longer word finds them */
            more: boolean;
        };
        MembershipBallot: {
            /**
             * Format: int64
             * @example 18
             */
            height: number;
            /** @example h1 */
            member: string;
            /**
             * Format: int64
             * @example 1
             */
            power: number;
            /**
             * @description Id of the vote's record
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            record: string;
            /**
             * Format: date-time
             * @description Block time
             */
            time: string;
        };
        MembershipChange: {
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            base: string;
            member?: components["schemas"]["MembershipMember"];
            /** @example p2 */
            remove?: string;
            schema?: components["schemas"]["MembershipSchema"];
            /**
             * Format: int64
             * @example 1
             */
            v: number;
        };
        MembershipMember: {
            /** @example MIIB… */
            ca: string;
            /** @example h1 */
            id: string;
            /** @example 仁济智慧医院 */
            name: string;
            /**
             * @example [
             *       "Yk1pV2r0m5b7x9c1q3s5u7w9y1a3c5e7g9i1k3m5o7q="
             *     ]
             */
            nodes?: string[] | null;
            /**
             * Format: int64
             * @example 1
             */
            power: number;
            /** @example hospital */
            role: string;
            /** @example MIIB… */
            seal: string;
            suspended?: boolean;
            /** @example Yk1pV2r0m5b7x9c1q3s5u7w9y1a3c5e7g9i1k3m5o7q= */
            validator?: string;
        };
        MembershipMembers: {
            /** @example demo-ppk7scfuqg */
            chain: string;
            /**
             * Format: int64
             * @example 1024
             */
            from?: number;
            members: components["schemas"]["MembershipMember"][] | null;
            /** @example MIIB… */
            root: string;
            schemas?: components["schemas"]["MembershipSchema"][] | null;
            /**
             * Format: int64
             * @example 1
             */
            v: number;
        };
        MembershipOpenChange: {
            change: components["schemas"]["MembershipChange"];
            /**
             * @description What it does
             * @enum {string}
             */
            deed: "joins" | "leaves" | "suspended" | "reinstated" | "power" | "keys" | "details" | "schema";
            /**
             * Format: int64
             * @description Power that adopts it: more than two thirds
             * @example 3
             */
            needed: number;
            /**
             * Format: int64
             * @description Power of all members
             * @example 4
             */
            power: number;
            /**
             * Format: date-time
             * @description Block time of the first vote
             */
            since: string;
            /**
             * @description Its votes are the subject's records
             * @example gov:957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            subject: string;
            /**
             * Format: int64
             * @description Power of who has voted
             * @example 2
             */
            voted: number;
            /** @description In the order in which they came */
            votes: components["schemas"]["MembershipBallot"][] | null;
        };
        MembershipSchema: {
            /**
             * Format: int64
             * @example 100000
             */
            from: number;
            /**
             * Format: int64
             * @example 2
             */
            v: number;
        };
        MinimumInputBody: {
            /**
             * Format: int64
             * @description Free packages; 0: no warning
             * @example 10
             */
            minimum: number;
        };
        MovementsOutputBody: {
            /** @description The newest first */
            movements: components["schemas"]["PrescriptionMovementView"][] | null;
            /**
             * @description Give it as after for the next page; empty: the end
             * @example 1796000000000/3/D0020
             */
            next?: string;
        };
        NoteInputBody: {
            /**
             * @description 主诉
             * @example 咳嗽三天，无发热
             */
            complaint: string;
            /**
             * @description ICD-10 codes, the main diagnosis first
             * @example [
             *       "J06.900"
             *     ]
             */
            diagnoses: string[] | null;
            /**
             * @description 现病史
             * @example 三天前受凉后咳嗽，夜间明显
             */
            history?: string;
            /**
             * @description 处理意见
             * @example 对症用药，多饮水，三天后随访
             */
            plan: string;
            /** @description A hospital's earlier diagnoses whose proof the doctor saw */
            prior?: components["schemas"]["PriorBody"][] | null;
            /**
             * Format: int64
             * @description Version that was seen; 0 for the first note
             * @example 0
             */
            version: number;
        };
        NotesOutputBody: {
            /** @description Oldest first; none is ever lost */
            notes: components["schemas"]["ConsultNote"][] | null;
        };
        Notice: {
            /**
             * @description Person id of the patient it concerns
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            about?: string;
            /** Format: date-time */
            at: string;
            /**
             * Format: int64
             * @description Grows within the account
             * @example 17
             */
            id: number;
            /**
             * @description Topic, dot, what became of the subject
             * @example visit.requested
             */
            kind: string;
            /** @description The reader did it itself, or it only moves a list: it is in no inbox */
            quiet?: boolean;
            /** @description It has been read, or something newer about the subject was told */
            read?: boolean;
            /**
             * @description Id of what it happened to: a visit, a prescription, a settlement, an account, a person
             * @example CN20261122012345678947
             */
            subject: string;
        };
        NoticePage: {
            /**
             * Format: int64
             * @description What the next request gives as since
             * @example 17
             */
            last: number;
            /** @description Above since, in order */
            notices: components["schemas"]["Notice"][] | null;
            /** @description The server does not know since: read everything anew */
            reset?: boolean;
            /**
             * @description Unread notices by topic: visit, rx, pay, key, family, relative, sign, account, office
             * @example {
             *       "visit": 2
             *     }
             */
            unread: {
                [key: string]: number;
            };
        };
        NumberBody: {
            /**
             * @description Of a passport: three letters (ISO 3166-1)
             * @example FRA
             */
            country?: string;
            /**
             * @description Left out: a resident id card
             * @enum {string}
             */
            document?: "resident" | "passport" | "hk-macao-permit" | "taiwan-permit" | "foreigner-card" | "birth-certificate";
            /** @example 11010519491231002X */
            idNumber: string;
        };
        OfferOutputBody: {
            /**
             * @description Eight digits; good for one phone of the same account
             * @example 40213876
             */
            code: string;
            /** Format: date-time */
            expiresAt: string;
        };
        OpenInputBody: {
            /** @example 40213876 */
            code: string;
        };
        OpenSessionsOutputBody: {
            /**
             * @description Give it as after for the next page; absent: the end
             * @example doctor7/957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            next?: string;
            /** @description In the order asked for; a page can have few or none of what it read */
            sessions: components["schemas"]["AccountsOpenSession"][] | null;
        };
        OrderBody: {
            /**
             * @description Id of the patient's bound card
             * @example IC7k2mq4xw5zt3yb6nc2da
             */
            card?: string;
            /**
             * @description One-minute pay code; used up by this call
             * @example 281234567890123456
             */
            payCode?: string;
        };
        OutboxDeadLetter: {
            /**
             * @description The ledger's verdict
             * @example transition
             */
            code: string;
            /** @example rx.claim */
            kind: string;
            /**
             * @description Record id
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            record: string;
            /** @example rx:RX20261122012345678947 */
            subject: string;
        };
        OutboxHealth: {
            /**
             * Format: int64
             * @description Refused for good; each stops its lane until an operator acts
             * @example 0
             */
            dead: number;
            /** @description The first of them */
            deadLetters: components["schemas"]["OutboxDeadLetter"][] | null;
            /**
             * Format: date-time
             * @description When the oldest of them was written
             */
            oldest?: string;
            /**
             * Format: int64
             * @description Waiting
             * @example 0
             */
            pending: number;
        };
        OversightCitation: {
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
        OversightFigures: {
            /**
             * @description Civil days or months in China, ascending
             * @example [
             *       "2026-11-30",
             *       "2026-12-01"
             *     ]
             */
            periods: string[] | null;
            /**
             * Format: int64
             * @description Records of the log that are counted; the rest is on its way
             * @example 33
             */
            records: number;
            /** @description One for each kind that is counted, those without records as well */
            series: components["schemas"]["OversightSeries"][] | null;
            /** @enum {string} */
            unit: "day" | "month";
            /**
             * Format: date-time
             * @description Time of the newest of them
             */
            until?: string;
        };
        OversightFinding: {
            /**
             * Format: date-time
             * @description Block time
             */
            at: string;
            /**
             * @description What was found, in Chinese and English; nothing personal
             * @example 6 种药品 · 6 drugs
             */
            detail: string;
            /** @description The disclosed document is kept as evidence */
            document: boolean;
            /** Format: date-time */
            foundAt: string;
            /**
             * Format: int64
             * @example 18
             */
            height?: number;
            /** @example five-drugs:rx:RX20261122442427997927 */
            id: string;
            /**
             * @description Member id of the organisation
             * @example h1
             */
            org?: string;
            /**
             * @description Opaque id of the actor
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            person?: string;
            /**
             * @description Id of the record, or of the refused one
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            record?: string;
            /** @description The ledger refused it: it was tried and had no effect */
            refused: boolean;
            rule: components["schemas"]["OversightRule"];
            /**
             * @description What it is about: a subject of the chain, or who and when
             * @example rx:RX20261122442427997927
             */
            subject: string;
        };
        OversightOrgSum: {
            /** @example h1 */
            org: string;
            sum: components["schemas"]["OversightSum"];
        };
        OversightPlace: {
            /**
             * Format: int64
             * @description Blocks whose refused attempts were seen
             * @example 60
             */
            height: number;
            /**
             * Format: int64
             * @description Blocks whose refused attempts could not be seen, because the node began later or pruned them; their records were
             * @example 0
             */
            missed: number;
            /**
             * @description Roots of the complete subtrees of the log, the largest first (RFC 6962 with SM3)
             * @example [
             *       "957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f"
             *     ]
             */
            peaks: string[] | null;
            /**
             * Format: int64
             * @description Height whose sealed root the records seen give: none was left out up to there
             * @example 59
             */
            proved: number;
            /**
             * Format: int64
             * @description Records seen, every one from the first
             * @example 33
             */
            records: number;
            /**
             * @description That log root
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            root: string;
        };
        OversightRule: {
            citation: components["schemas"]["OversightCitation"];
            /**
             * @description The same in English
             * @example more than five drugs on one prescription
             */
            en: string;
            /** @example five-drugs */
            id: string;
            /** @enum {string} */
            level: "alarm" | "notice";
            /**
             * @description What was found, in Chinese
             * @example 处方药品超过五种
             */
            zh: string;
        };
        OversightSeries: {
            /** @example rx.issue */
            kind: string;
            /** @description Of the organisations with such records in these periods */
            orgs: components["schemas"]["OversightOrgSum"][] | null;
            /** @description One for each of the periods */
            periods: components["schemas"]["OversightSum"][] | null;
            total: components["schemas"]["OversightSum"];
        };
        OversightStatus: {
            /**
             * Format: int64
             * @description Documents hospitals still owe
             * @example 0
             */
            awaited: number;
            /**
             * Format: int64
             * @example 0
             */
            findings: number;
            /**
             * Format: int64
             * @description Of them: a sequence with a gap, or records that do not give the sealed root
             * @example 0
             */
            gaps: number;
            /**
             * Format: date-time
             * @description Since when the oldest of them is awaited
             */
            oldest?: string;
            place: components["schemas"]["OversightPlace"];
            /**
             * Format: int64
             * @description Subjects whose sequences were followed
             * @example 12
             */
            subjects: number;
        };
        OversightSum: {
            /**
             * @description It is one hidden cell, of 1 to 10 persons
             * @example false
             */
            few: boolean;
            /**
             * Format: int64
             * @description Cells with records that are left out of n: of 1 to 10 persons, or such that one of those could be told by subtraction
             * @example 1
             */
            hidden: number;
            /**
             * Format: int64
             * @description Records of the cells that are shown
             * @example 120
             */
            n: number;
            /**
             * Format: int64
             * @description Mean time since the subject's record before, of the cells that are shown, in milliseconds
             * @example 432000
             */
            tookMs?: number;
        };
        OwnPhotoOutputBody: {
            /** @description Missing: none was sent */
            photo?: components["schemas"]["PractitionersPhoto"];
        };
        PapersOutputBody: {
            /** @description Those in force */
            papers: components["schemas"]["ConsentPaper"][] | null;
        };
        PatientAccess: {
            /**
             * @description profile: name, allergies and history, as a visit's doctor sees them; identity: a step of whose number and record it is; family: what a relative read or did, as subject names the operation; log: an administrator asked who looked
             * @enum {string}
             */
            about: "profile" | "prescription" | "identity" | "family" | "log";
            /** Format: date-time */
            at: string;
            /** @example h1 */
            org: string;
            /**
             * @description Opaque id of the reader
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            person: string;
            /**
             * @description On what ground
             * @example doctor of the visit
             */
            reason: string;
            /** @example doctor */
            role: string;
            /**
             * @description The visit that gave the right, or the prescription that was read; empty for an identity; of a relative, the operation
             * @example CN20261122012345678947
             */
            subject: string;
        };
        PatientsCondition: {
            /**
             * @description ICD-10
             * @example I10
             */
            code: string;
            /**
             * @description In the patient's words
             * @example 青霉素皮试阳性
             */
            text?: string;
        };
        PatientsDeskRecord: {
            /** @description This human's log-ins as patient and as staff have several names on the chain, because each had a key before the number was known */
            apart: boolean;
            /** @example 1990-03-07 */
            birthDate: string;
            /** @enum {string} */
            claim: "claimed" | "contested" | "proven" | "lost";
            guardians: components["schemas"]["PatientsGuardianView"][] | null;
            /**
             * @description Masked
             * @example 110101********1234
             */
            idNumber: string;
            /** @description Somebody logs in as this person; false: a child's record */
            logsIn: boolean;
            /** @example 陈晓燕 */
            name: string;
            /**
             * @description Opaque id; its last four characters are the sign on the patient's page
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            person: string;
            /** @description The number is a member of staff's too: it is proven before anything rests on it */
            staff: boolean;
        };
        PatientsGuardianView: {
            /**
             * @description As it is on file
             * @example 陈晓燕
             */
            name?: string;
            /** @example u7k2mq4xw5zt3yb6nc2da */
            person: string;
            /** @enum {string} */
            relation: "parent" | "other";
            /**
             * @description asked: a guardian or the desk confirms
             * @enum {string}
             */
            state: "asked" | "confirmed";
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
            /**
             * @description YYYY-MM-DD; with a weight
             * @example 2026-11-20
             */
            weighedOn?: string;
            /**
             * Format: int64
             * @description In grams; left out: not known
             * @example 9400
             */
            weightGrams?: number;
        };
        PatientsPrior: {
            /**
             * @description ICD-10
             * @example J06.9
             */
            code: string;
            /**
             * @description YYYY-MM-DD
             * @example 2026-08-03
             */
            date: string;
            /** @example 市第一人民医院 */
            hospital: string;
            /** @example PD7k2mq4xw5zt3yb6nc2da */
            id: string;
            /**
             * @description hospital: on record here, a follow-up may rest on it; declared: the patient's word, for the doctor to see proof of
             * @example hospital
             * @enum {string}
             */
            source: "declared" | "hospital";
        };
        PatientsView: {
            /** @example 1990-03-07 */
            birthDate?: string;
            /** @description A real name is bound: the number is this profile's */
            bound: boolean;
            /**
             * @description What the number is worth. contested: another profile holds it, or it is a member of staff's; prove it at the desk or by the insurance card; lost: somebody else proved it; proven: seen at the desk or named by the bureau
             * @enum {string}
             */
            claim: "" | "claimed" | "contested" | "proven" | "lost";
            /** @enum {string} */
            document?: "resident" | "passport" | "hk-macao-permit" | "taiwan-permit" | "foreigner-card" | "birth-certificate";
            /**
             * @description Person id of the guardian who manages it
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            guardian?: string;
            /** @description Of a child: who may act for it, and who asks to */
            guardians: components["schemas"]["PatientsGuardianView"][] | null;
            health: components["schemas"]["PatientsHealth"];
            /**
             * @description Masked
             * @example 110101********1234
             */
            idNumber?: string;
            /** @example 陈晓燕 */
            name?: string;
            /**
             * @description Opaque id
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            person: string;
            /** @example 13800138000 */
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
             * @example 3
             */
            version: number;
        };
        PaymentCard: {
            /** Format: date-time */
            boundAt: string;
            /** @example IC7k2mq4xw5zt3yb6nc2da */
            id: string;
            /** @example 310 */
            insutype: string;
        };
        PaymentCase: {
            /**
             * @description What may be decided
             * @example [
             *       "settled",
             *       "not-settled"
             *     ]
             */
            decisions: string[] | null;
            /**
             * Format: date-time
             * @description Since when it waits for a person
             */
            deskAt: string;
            /** @description The newest messages to the bureau without an outcome, oldest first */
            exchanges: components["schemas"]["PaymentExchange"][] | null;
            /**
             * @description Our number, under which the bureau was asked
             * @example ST20261122170838139661
             */
            id: string;
            /** Format: date-time */
            openedAt: string;
            /**
             * @description The bureau's number, where it is known
             * @example ORD0a1b2c
             */
            order?: string;
            /** @example demo-310-2026 */
            policy: string;
            /** @example RX20261122442427997927 */
            prescription: string;
            /**
             * @description Why it is reversed or refunded
             * @example no answer from the insurer in time
             */
            reason?: string;
            /**
             * @description Record id of the patient's authorisation on the chain
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            signed: string;
            /** @description What the patient signed */
            split: components["schemas"]["PaymentSplit"];
            /**
             * @example reversing
             * @enum {string}
             */
            status: "opened" | "reversing" | "refunding";
            /**
             * Format: int64
             * @description Send it with the decision
             * @example 20
             */
            version: number;
        };
        PaymentDetail: {
            /** @example MO20261122170838139661 */
            number: string;
            refunded?: components["schemas"]["PaymentParts"];
            settled?: components["schemas"]["PaymentParts"];
        };
        PaymentDifference: {
            /** @example settled here after midnight */
            explained?: string;
            /** @example MO20261122170838139661 */
            number: string;
            ours: components["schemas"]["PaymentDetail"];
            theirs: components["schemas"]["PaymentDetail"];
        };
        PaymentExchange: {
            /** Format: date-time */
            at: string;
            /**
             * @description The beginning of what came back: the inner message where its signature holds, else as it came
             * @example {"infcode":0}
             */
            came: string;
            /**
             * @description SM3 of the answer on the wire; empty: nothing came
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            cameDigest: string;
            /**
             * @description Why it is no answer; empty: it is one
             * @example payment: the insurer's outcome is unknown: 6202: HTTP status 500
             */
            fault: string;
            /**
             * @description Operation of the platform
             * @example 6202
             */
            op: string;
            /**
             * @description What was asked, without drugs and tokens
             * @example {"medOrgOrd":"ST20261122170838139661"}
             */
            sent: string;
            /**
             * @description SM3 of the message on the wire
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            sentDigest: string;
        };
        PaymentFee: {
            /**
             * Format: int64
             * @example 640
             */
            amount: number;
            /** @example 甲 */
            class: string;
            /** @example D0001 */
            code: string;
            /** @example 阿莫西林胶囊 */
            name: string;
            /**
             * Format: int64
             * @example 640
             */
            price: number;
            /**
             * Format: int64
             * @example 1
             */
            quantity: number;
        };
        PaymentParts: {
            /**
             * Format: int64
             * @example 200
             */
            account: number;
            /**
             * Format: int64
             * @example 120
             */
            cash: number;
            /**
             * Format: int64
             * @example 320
             */
            fund: number;
        };
        PaymentPayCode: {
            /** @example 281234567890123456 */
            code: string;
            /** Format: date-time */
            expires: string;
        };
        PaymentQuote: {
            fees: components["schemas"]["PaymentFee"][] | null;
            /** @example 310 */
            insutype: string;
            /** @example demo-310-2026 */
            policy: string;
            /** @example RX20261122442427997927 */
            rx: string;
            split: components["schemas"]["PaymentSplit"];
        };
        PaymentReport: {
            /** @example 2026-11-22 */
            day: string;
            differences: components["schemas"]["PaymentDifference"][] | null;
            ours: components["schemas"]["PaymentTotals"];
            theirs: components["schemas"]["PaymentTotals"];
            /**
             * Format: int64
             * @description Settlements of our books that cannot be read; above 0 the report is incomplete
             * @example 0
             */
            unread?: number;
        };
        PaymentSplit: {
            /**
             * Format: int64
             * @example 200
             */
            account: number;
            /**
             * Format: int64
             * @example 120
             */
            cash: number;
            /**
             * Format: int64
             * @example 0
             */
            deductible: number;
            /**
             * Format: int64
             * @example 320
             */
            fund: number;
            /**
             * Format: int64
             * @example 0
             */
            hospital: number;
            /**
             * Format: int64
             * @example 600
             */
            inScope: number;
            /** @example hifmi_pay=100 maf_pay=20 */
            otherFunds?: string;
            /**
             * Format: int64
             * @example 0
             */
            ownPay: number;
            /**
             * Format: int64
             * @example 320
             */
            person: number;
            /**
             * Format: int64
             * @example 320
             */
            pooled: number;
            /**
             * Format: int64
             * @example 40
             */
            preSelfPay: number;
            /**
             * Format: int64
             * @example 640
             */
            total: number;
        };
        PaymentTotals: {
            refunded: components["schemas"]["PaymentParts"];
            /**
             * Format: int64
             * @example 1
             */
            refundedCount: number;
            settled: components["schemas"]["PaymentParts"];
            /**
             * Format: int64
             * @example 3
             */
            settledCount: number;
        };
        PaymentView: {
            fees: components["schemas"]["PaymentFee"][] | null;
            /** @example ST20261122170838139661 */
            id: string;
            /** Format: date-time */
            openedAt: string;
            /** @example MO20261122170838139661 */
            order?: string;
            /** @example demo-310-2026 */
            policy: string;
            /** @example RX20261122442427997927 */
            prescription: string;
            /** @example prescription cancelled or expired */
            reason?: string;
            /** Format: date-time */
            refundedAt?: string;
            /** Format: date-time */
            settledAt?: string;
            split: components["schemas"]["PaymentSplit"];
            /**
             * @example settled
             * @enum {string}
             */
            status: "opened" | "reversing" | "settled" | "failed" | "refunding" | "refunded";
        };
        PharmaciesOutputBody: {
            pharmacies: components["schemas"]["PharmacyView"][] | null;
        };
        PharmacyView: {
            /**
             * @description Member id
             * @example p1
             */
            id: string;
            /**
             * @description Public name
             * @example 百草堂大药房
             */
            name: string;
            /** @description With ?prescription: what it has of it now; only a claim reserves. Absent for a pharmacy of another application */
            stock?: components["schemas"]["PrescriptionAvailability"];
        };
        PhotosOutputBody: {
            /** @description Oldest first, twenty at most */
            photos: components["schemas"]["PractitionersPhoto"][] | null;
        };
        PickupCodesOutputBody: {
            /**
             * @description Access codes of the next claim and of those after it, in their order
             * @example [
             *       "K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ"
             *     ]
             */
            codes: string[] | null;
        };
        PostMessageInputBody: {
            /**
             * @description Id of an uploaded picture, for an image
             * @example F7k2mq4xw5zt3yb6nc2da
             */
            file?: string;
            /** @enum {string} */
            kind: "text" | "image";
            /** @example 您好，咳嗽三天了 */
            text?: string;
        };
        PractitionersAbout: {
            /**
             * @description 简介
             * @example 从事心血管内科临床工作二十余年
             */
            introduction: string;
            /**
             * @description In which a visit can be held, ISO 639: zh, yue, en, ug, bo, mn
             * @example [
             *       "zh",
             *       "en"
             *     ]
             */
            languages: string[] | null;
            /**
             * @description What the doctor treats (擅长)
             * @example [
             *       "高血压",
             *       "冠心病"
             *     ]
             */
            specialties: string[] | null;
        };
        PractitionersCard: {
            /** @description Can sign now; false: nobody asks this doctor for a visit, those under way go on */
            able: boolean;
            /** @description What the doctor says of the own work; nobody certifies it */
            about?: components["schemas"]["PractitionersAbout"];
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
             * @example 2000
             */
            feeFen: number;
            /**
             * @description First letters of the name's pinyin, for a search
             * @example lmd
             */
            initials: string;
            /** @example 李医生 */
            name: string;
            /** @description Soonest session with an appointment left (下一号源) */
            nextSlot?: components["schemas"]["PractitionersSlot"];
            /** @description At work now, busy or not */
            online: boolean;
            /** @example h1 */
            org: string;
            /** @example 仁济智慧医院 */
            orgName: string;
            paediatric: boolean;
            /**
             * @description Opaque id
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            person: string;
            /**
             * @description Address of the photo; it changes with the photo
             * @example /v1/doctors/u7k2mq4xw5zt3yb6nc2da/photo/66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0
             */
            photo?: string;
            /** @description Of the demo: the sandbox answers by a script (演示) */
            played?: boolean;
            /** @example 2009-07-01 */
            practiceSince: string;
            /**
             * @description busy: at work, and takes nobody at once
             * @enum {string}
             */
            presence: "online" | "busy" | "offline";
            /** @description Left out until five visits were rated */
            rating?: components["schemas"]["PractitionersRating"];
            /** @enum {string} */
            title: "resident" | "attending" | "associate-chief" | "chief";
            /**
             * Format: int64
             * @description Visits finished here
             * @example 128
             */
            visits: number;
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
        PractitionersFound: {
            /**
             * @description Codes of departments that the word names, or that treat the disease it names
             * @example [
             *       "cardiology"
             *     ]
             */
            departments: string[] | null;
            /** @description Who is named by the word first, then those online, then by title */
            doctors: components["schemas"]["PractitionersCard"][] | null;
            /**
             * @description after of the next page; left out on the last one
             * @example 0~5~u7k2mq4xw5zt3yb6nc2da
             */
            next?: string;
            /**
             * Format: int64
             * @description Doctors found, on all pages
             * @example 12
             */
            total: number;
        };
        PractitionersHours: {
            /**
             * Format: int64
             * @description Appointments of one session (号源)
             * @example 6
             */
            capacity: number;
            /**
             * @description China time
             * @example 09:00
             */
            from: string;
            /**
             * @description China time, the same day; 24:00 is its end
             * @example 12:00
             */
            to: string;
            /**
             * Format: int64
             * @description 1 Monday to 7 Sunday
             * @example 1
             */
            weekday: number;
        };
        PractitionersPhoto: {
            /**
             * @description SM3 of the bytes, hex
             * @example 66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0
             */
            digest: string;
            /**
             * @description To administrators
             * @example 李明德
             */
            name?: string;
            /** @example u7k2mq4xw5zt3yb6nc2da */
            person: string;
            /**
             * @description JPEG, 320 x 320 pixels
             * @example /9j/4AAQSkZJRgABAQ==
             */
            picture: string;
            /** Format: date-time */
            sentAt: string;
            /** @enum {string} */
            state: "waiting" | "shown" | "refused";
        };
        PractitionersPractitioner: {
            /** @example respiratory */
            department: string;
            /**
             * Format: int64
             * @example 2000
             */
            feeFen: number;
            /** @example 110310100012345 */
            licence: string;
            /** @example 2031-12-31 */
            licensedUntil: string;
            /** @example 李明德 */
            name: string;
            /** @example h1 */
            org: string;
            paediatric: boolean;
            /** @example u7k2mq4xw5zt3yb6nc2da */
            person: string;
            /** @example 2012-07-01 */
            practiceSince: string;
            /** @example doctor */
            role: string;
            /** @example approved */
            state: string;
            /** @example attending */
            title: string;
            /** @description To administrators: the number of a document is not entered yet */
            unidentified?: boolean;
            /**
             * Format: int64
             * @example 3
             */
            version: number;
        };
        PractitionersRating: {
            /**
             * Format: double
             * @description 1 to 5, one decimal
             * @example 4.8
             */
            average: number;
            /**
             * Format: int64
             * @description Visits that were rated
             * @example 23
             */
            count: number;
        };
        PractitionersScheduled: {
            /** @description Can sign now: who cannot is offered to nobody */
            able: boolean;
            /**
             * @description Code
             * @example cardiology
             */
            department: string;
            /** @description In the order of the week */
            hours: components["schemas"]["PractitionersHours"][] | null;
            /** @example 李明 */
            name: string;
            /** @example u7k2mq4xw5zt3yb6nc2da */
            person: string;
            /** @enum {string} */
            presence: "online" | "busy" | "offline";
            /** @description The sessions of the next seven days, soonest first */
            slots: components["schemas"]["PractitionersSlot"][] | null;
            /** @example attending */
            title: string;
        };
        PractitionersSlot: {
            /**
             * Format: int64
             * @description Appointments taken
             * @example 2
             */
            booked: number;
            /**
             * Format: int64
             * @example 6
             */
            capacity: number;
            /** @description The doctor does not hold it (停诊) */
            closed: boolean;
            /** Format: date-time */
            end: string;
            /**
             * Format: int64
             * @description Appointments left; none of one that is not held
             * @example 4
             */
            free: number;
            /**
             * Format: date-time
             * @description Names the slot when asking for an appointment
             */
            start: string;
        };
        PrescriptionAccessView: {
            /** Format: date-time */
            at: string;
            /** @example h1 */
            org: string;
            /**
             * @description Opaque id of the reader
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            person: string;
            /**
             * @description On what ground
             * @example reviewer of the hospital
             */
            reason: string;
            /** @example reviewer */
            role: string;
        };
        PrescriptionAge: {
            /**
             * Format: int64
             * @description Days after the months
             * @example 12
             */
            days: number;
            /**
             * Format: int64
             * @description Completed months after the years
             * @example 5
             */
            months: number;
            /**
             * Format: int64
             * @description Completed years
             * @example 0
             */
            years: number;
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
        PrescriptionAvailability: {
            /** @description Everything is in stock */
            complete: boolean;
            /**
             * @description Indexes of the items it lacks
             * @example [
             *       0
             *     ]
             */
            missing: number[] | null;
            /**
             * @description Member id
             * @example p1
             */
            pharmacy: string;
        };
        PrescriptionBasis: {
            /**
             * @description Rules that could look at everything
             * @example [
             *       "clinical.interaction"
             *     ]
             */
            checked: string[] | null;
            /**
             * @description SM3 over the tables, hex
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            digest: string;
            /**
             * @description The same in a sentence, English
             * @example No match in rule base 2026.11 (1204 rows); this does not mean safe.
             */
            en: string;
            /**
             * Format: int64
             * @description Rows about medicines in them
             * @example 641
             */
            facts: number;
            /**
             * Format: int64
             * @description Medicines of this prescription looked at
             * @example 2
             */
            medicines: number;
            /** @description What could not be checked, and why */
            open: components["schemas"]["PrescriptionGap"][] | null;
            /**
             * @description Their date
             * @example 2026-11-30
             */
            released: string;
            /**
             * Format: int64
             * @description Medicines of the patient's other prescriptions looked at
             * @example 1
             */
            running: number;
            /**
             * @description Version of the tables the checks go by; empty: there were none
             * @example 2026.11.1
             */
            version: string;
            /**
             * @description The same in a sentence, Chinese
             * @example 规则库 2026.11（1204 条）内无匹配，不等于安全
             */
            zh: string;
        };
        PrescriptionCancelInput: {
            /** @example 患者改为线下就诊 */
            reason: string;
        };
        PrescriptionCancellationView: {
            /** Format: date-time */
            at: string;
            /** @example 患者要求取消 */
            reason: string;
            /** @enum {string} */
            role: "doctor" | "patient";
        };
        PrescriptionChange: {
            /** Format: date-time */
            at: string;
            /**
             * Format: int64
             * @example 1520
             */
            newFen: number;
            newOffered: boolean;
            /**
             * Format: int64
             * @example 1680
             */
            oldFen: number;
            oldOffered: boolean;
            /**
             * @description Person id of the administrator
             * @example P4MZ6Z7G3Z5X2J4Y
             */
            person: string;
            /**
             * @description Digest of the import that made it; absent: changed by hand
             * @example 9f86d081884c7d65
             */
            plan?: string;
            /**
             * Format: int64
             * @example 1
             */
            version: number;
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
        PrescriptionChoice: {
            /** Format: date-time */
            at: string;
            /**
             * @description Member id
             * @example p1
             */
            pharmacy: string;
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
            /**
             * @description Access code from the pick-up QR text
             * @example K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ
             */
            accessCode: string;
            /** @description A written reason for every serious finding that is new since issue and review */
            overrides?: components["schemas"]["PrescriptionOverride"][] | null;
        };
        PrescriptionClaimView: {
            /**
             * Format: date-time
             * @description When the patient asked for it back
             */
            askedAt?: string;
            /**
             * Format: date-time
             * @description When the patient said that the claim is not theirs: nothing is handed out on it
             */
            contestedAt?: string;
            /** @example ph1 */
            pharmacy: string;
            /** @example 百草堂大药房 */
            pharmacyName: string;
            /**
             * Format: date-time
             * @description Since when it is prepared and can be fetched (可取药); absent: not yet
             */
            readyAt?: string;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            record: string;
            /** @description The chain refused the claim for good: nothing is handed out on it, and the hospital's operator takes it back */
            refused: boolean;
            /** @description The pharmacy has gone on holding it once; it cannot again */
            renewed: boolean;
            /**
             * @description For the holding pharmacy, readable again until it is dispensed or released
             * @example K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ
             */
            secret?: string;
            /** Format: date-time */
            since: string;
            /**
             * Format: date-time
             * @description End of the lease: afterwards the hospital gives the lock back by itself
             */
            until?: string;
        };
        PrescriptionContestInput: Record<string, never>;
        PrescriptionDecision: {
            /** @description For an approval: a written reason for every serious finding that is new since the issue */
            overrides?: components["schemas"]["PrescriptionOverride"][] | null;
            /**
             * @description Reasons; at least one for a rejection
             * @example [
             *       "剂量超过说明书最大用量"
             *     ]
             */
            reasons?: string[] | null;
        };
        PrescriptionDetails: {
            /** @description What the findings rest on; absent for one issued before this was kept */
            basis?: components["schemas"]["PrescriptionBasis"];
            cancellation?: components["schemas"]["PrescriptionCancellationView"];
            /** @description Pharmacy the patient means to go to; binds nobody */
            choice?: components["schemas"]["PrescriptionChoice"];
            claim?: components["schemas"]["PrescriptionClaimView"];
            /**
             * @description Department's code
             * @example respiratory
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
            /** @description Steps taken here that came second on the chain and were taken back, oldest first; not for pharmacies */
            lost?: components["schemas"]["PrescriptionLostStep"][] | null;
            /** @description The prescriber's written reasons */
            overrides: components["schemas"]["PrescriptionOverride"][] | null;
            /** Format: date-time */
            paidAt?: string;
            patient: components["schemas"]["PrescriptionPatientView"];
            /**
             * @description Text of the pick-up QR code; for the patient only
             * @example RXP1:RX20261122442427997927:K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ
             */
            pickup?: string;
            /** @description What changed since the issue; for the reviewing and the dispensing pharmacist who moves next */
            recheck?: components["schemas"]["PrescriptionRecheck"];
            /**
             * @description due or done, for one that was paid and ended without medicine
             * @enum {string}
             */
            refund?: "due" | "done";
            /** @description Hard rules that stand against signing a draft */
            refusals: components["schemas"]["PrescriptionRefusal"][] | null;
            review?: components["schemas"]["PrescriptionReviewView"];
            /**
             * @description Settlement that paid it
             * @example ST20261122170838139661
             */
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
            /**
             * @description Consultation it comes from
             * @example CN7k2mq4xw5zt3yb6nc2da
             */
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
            /**
             * @description Trace code of every package as scanned: 20 digits, letters and digits, or GS1; scanner prefixes, suffixes and full width are taken off
             * @example [
             *       "81234567890123456789"
             *     ]
             */
            traceCodes: string[] | null;
        };
        PrescriptionDispensingView: {
            /** Format: date-time */
            at: string;
            /** @description The prescriber's answer */
            contact?: components["schemas"]["PrescriptionPrescriberContact"];
            /** @description What became known after issue and review */
            findings: components["schemas"]["PrescriptionFinding"][] | null;
            items: components["schemas"]["PrescriptionDispensedItem"][] | null;
            /**
             * @description Dispensing pharmacist; empty when a pharmacy of another application handed it out
             * @example 钱百顺
             */
            name: string;
            /** @description The pharmacy's written reasons */
            overrides: components["schemas"]["PrescriptionOverride"][] | null;
            /** @example p1 */
            pharmacy: string;
            /** @example 百草堂大药房 */
            pharmacyName: string;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            record: string;
        };
        PrescriptionDoctorView: {
            /** @example 李医生 */
            name: string;
            /** @example u7k2mq4xw5zt3yb6nc2da */
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
            /**
             * @description A rejected prescription to rework; its contents are copied when items are left out
             * @example RX20261122442427997927
             */
            supersedes?: string;
            /**
             * Format: int64
             * @description 1 to 3; 3 when left out
             * @example 3
             */
            validDays?: number;
            /**
             * @description Consultation; may be left out when it supersedes a rejected prescription
             * @example c-01JD
             */
            visit?: string;
        };
        PrescriptionDrugName: {
            /** @example Amoxicillin */
            nameEn: string;
            /** @example 阿莫西林胶囊 */
            nameZh: string;
        };
        PrescriptionEntry: {
            /**
             * Format: int64
             * @description Price that the catalogue came with, in fen
             * @example 1680
             */
            catalogueFen: number;
            /**
             * Format: date-time
             * @description Of the last change; absent: none
             */
            changedAt?: string;
            /** @example D0135 */
            code: string;
            /** @example Amlodipine */
            englishName: string;
            /** @example 苯磺酸氨氯地平片 */
            name: string;
            /** @description False: doctors do not find it and cannot issue it */
            offered: boolean;
            /** @example 28片/盒 */
            package: string;
            /**
             * Format: int64
             * @description One package, in fen (分)
             * @example 1680
             */
            priceFen: number;
            /** @example 5mg */
            strength: string;
            /**
             * Format: int64
             * @description Changes so far; 0: the catalogue's own price
             * @example 1
             */
            version: number;
        };
        PrescriptionEventView: {
            /** Format: date-time */
            at: string;
            /**
             * @description The signed document, byte for byte (RFC 8785 JSON); empty: taken in another organisation's application, which keeps it
             * @example {"diagnoses":["J06.9"],"schema":"rx.issue/1"}
             */
            document: string;
            /** @example rx.issue */
            kind: string;
            /** @example h1 */
            org: string;
            /**
             * @description Opaque id of the signer; empty: the organisation
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            person: string;
            /**
             * @description Record id of the step before
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            previous: string;
            /**
             * @description Record id on the chain
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            record: string;
            /** @example doctor */
            role: string;
            /**
             * @description base64; empty without a document
             * @example q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=
             */
            salt: string;
            /**
             * Format: int64
             * @example 1
             */
            seq: number;
        };
        PrescriptionExpiringView: {
            /**
             * Format: int64
             * @description Until its last day; negative: expired
             * @example 30
             */
            days: number;
            /**
             * @description Catalogue code
             * @example D0001
             */
            drug: string;
            /** @description Not to be handed out */
            expired: boolean;
            /**
             * @description Last day of use
             * @example 2028-06-30
             */
            expires: string;
            /**
             * @description Lot (批号)
             * @example B20260713
             */
            lot: string;
            /** @example Amoxicillin */
            nameEn: string;
            /** @example 阿莫西林胶囊 */
            nameZh: string;
            /**
             * Format: int64
             * @description Packages on the shelf
             * @example 40
             */
            onHand: number;
            /** @example 0.25g */
            strength: string;
            /**
             * @description Of a package
             * @example 盒
             */
            unit: string;
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
        PrescriptionFound: {
            /**
             * @description The long code, for the claim
             * @example RXP1:RX20261122012345678947:K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ
             */
            pickup: string;
            prescription: components["schemas"]["PrescriptionView"];
        };
        PrescriptionGap: {
            /**
             * @description Why, English
             * @example not checked: nobody asked about pregnancy
             */
            en: string;
            /**
             * @description Rule id
             * @example clinical.pregnancy
             */
            rule: string;
            /**
             * @description Why, Chinese
             * @example 未询问妊娠情况，未核对
             */
            zh: string;
        };
        PrescriptionHandOut: {
            /** @description 四查十对; every point must be confirmed */
            checklist: components["schemas"]["PrescriptionChecklist"];
            /** @description The prescriber's answer, needed for a critical finding that is new since issue and review */
            contact?: components["schemas"]["PrescriptionPrescriberContact"];
            /** @description Every item with the trace codes of its packages */
            items: components["schemas"]["PrescriptionDispensedItem"][] | null;
            /** @description A written reason for every warning that is new since issue and review and that the claim did not answer */
            overrides?: components["schemas"]["PrescriptionOverride"][] | null;
            /**
             * @description Secret of the claim
             * @example K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ
             */
            secret: string;
        };
        PrescriptionIncoming: {
            /** Format: date-time */
            chosenAt: string;
            /** @description Everything is in stock; only a claim reserves */
            complete: boolean;
            /**
             * Format: date-time
             * @description End of its validity, exclusive
             */
            expiresAt: string;
            /** @example RX20261122012345678947 */
            id: string;
            /**
             * Format: int64
             * @description Number of drugs
             * @example 2
             */
            items: number;
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
            /** @example 饭后服用 */
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
            /**
             * @description Catalogue code
             * @example D0001
             */
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
            /** @example 饭后服用 */
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
        PrescriptionLine: {
            /**
             * @description As it stands there, at most 32 characters
             * @example D0135
             */
            code: string;
            /** @example Amlodipine */
            englishName?: string;
            /**
             * Format: int64
             * @description In the file; the heading is line 1
             * @example 2
             */
            line: number;
            /** @example 苯磺酸氨氯地平片 */
            name?: string;
            /**
             * Format: int64
             * @description Absent where the line is wrong
             * @example 1520
             */
            newFen?: number;
            newOffered: boolean;
            /**
             * Format: int64
             * @example 1680
             */
            oldFen?: number;
            oldOffered: boolean;
            /**
             * @example changed
             * @enum {string}
             */
            result: "changed" | "unchanged" | "unknown-code" | "bad-price" | "bad-offered" | "duplicate";
            /** @description The price changes by half or more: look twice */
            steep?: boolean;
        };
        PrescriptionLongTerm: {
            /**
             * @description Written assessment, needed beyond four weeks
             * @example 病情稳定，长期用药获益大于风险
             */
            assessment?: string;
            /** @description The patient confirmed it, needed beyond four weeks */
            patientAgreed?: boolean;
            /**
             * @description Why longer than seven days
             * @example 高血压病情稳定，需长期用药
             */
            reason?: string;
        };
        PrescriptionLostStep: {
            /**
             * Format: date-time
             * @description When it was signed
             */
            at: string;
            /**
             * @description What was taken back
             * @example rx.cancel
             * @enum {string}
             */
            kind: "rx.claim" | "rx.cancel" | "rx.expire" | "rx.lapse";
            /**
             * @description Whose step it was
             * @example h1
             */
            org: string;
            /**
             * @description Id its record would have had
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            record: string;
        };
        PrescriptionLotView: {
            /** @description Not to be handed out */
            expired: boolean;
            /**
             * @description Last day of use
             * @example 2028-06-30
             */
            expires: string;
            /**
             * @description Lot (批号)
             * @example B20260713
             */
            lot: string;
            /**
             * Format: int64
             * @description Packages on the shelf
             * @example 40
             */
            onHand: number;
        };
        PrescriptionMovementView: {
            /** Format: date-time */
            at: string;
            /**
             * @description Catalogue code
             * @example D0001
             */
            drug: string;
            /** @enum {string} */
            kind: "delivery" | "correction" | "claim" | "release" | "dispense" | "writeoff" | "return";
            /**
             * @description Empty: not known, or none moved
             * @example B20260713
             */
            lot: string;
            /** @example Amoxicillin */
            nameEn: string;
            /** @example 阿莫西林胶囊 */
            nameZh: string;
            /**
             * Format: int64
             * @description Packages put on the shelf; negative: taken away
             * @example 40
             */
            onHand: number;
            /**
             * @description Name of the pharmacy's person; empty: somebody else's step, such as a cancellation
             * @example 孙药师
             */
            person: string;
            /**
             * @description Of the pharmacy's own movements
             * @example 送货单 17
             */
            reason: string;
            /**
             * Format: int64
             * @description Packages promised; negative: given free
             * @example 0
             */
            reserved: number;
            /** @example 0.25g */
            strength: string;
            /**
             * @description Of a package
             * @example 盒
             */
            unit: string;
            /**
             * Format: int64
             * @description Counts the line's movements from 1
             * @example 3
             */
            version: number;
        };
        PrescriptionOverride: {
            /**
             * @description Key of the finding
             * @example clinical.allergy@1:XA01
             */
            key: string;
            /**
             * @description Why it is prescribed all the same; part of the signed document
             * @example 患者既往耐受，密切观察
             */
            reason: string;
        };
        PrescriptionPage: {
            items: components["schemas"]["PrescriptionSummary"][] | null;
            /**
             * @description Cursor of the next page; empty at the end
             * @example RX20261122442427997927
             */
            next?: string;
            /**
             * Format: int64
             * @description Of a reviewer's queue and of what a pharmacy holds (claimed alone): how many there are in all
             * @example 7
             */
            total?: number;
        };
        PrescriptionPatientView: {
            /**
             * Format: int64
             * @description Completed years
             * @example 46
             */
            age: number;
            /** @description The same with months and days, for infants */
            ageOf: components["schemas"]["PrescriptionAge"];
            allergies: components["schemas"]["PrescriptionAllergy"][] | null;
            /** @description False: nobody asked; an empty list then says nothing */
            allergiesAsked: boolean;
            /**
             * @description Date of birth
             * @example 1980-05-01
             */
            birth: string;
            /**
             * @description Name of the guardian present at the visit
             * @example 陈建华
             */
            guardian?: string;
            /**
             * @description Empty: nobody has asked
             * @enum {string}
             */
            lactating: "" | "no" | "yes";
            /** @example 陈晓燕 */
            name: string;
            /** @example u7k2mq4xw5zt3yb6nc2da */
            person: string;
            /**
             * @description Empty: nobody has asked
             * @enum {string}
             */
            pregnant: "" | "no" | "yes";
            /** @enum {string} */
            sex: "male" | "female" | "unstated";
            /**
             * @description When
             * @example 2026-11-20
             */
            weighedOn?: string;
            /**
             * Format: int64
             * @description In grams; absent: not known, or a child's that is older than three months
             * @example 9400
             */
            weightGrams?: number;
        };
        PrescriptionPlan: {
            /**
             * Format: int64
             * @example 12
             */
            changed: number;
            /**
             * @description Names file and changes: the import needs it. Absent: nothing can be taken
             * @example 9f86d081884c7d65
             */
            digest?: string;
            /** @description At most 2000: what is wrong first, then steep changes, other changes, and what stays */
            lines: components["schemas"]["PrescriptionLine"][] | null;
            /**
             * Format: int64
             * @description Lines of the file without its heading
             * @example 419
             */
            read: number;
            /**
             * Format: int64
             * @description Among the changed
             * @example 1
             */
            steep: number;
            /**
             * Format: int64
             * @example 407
             */
            unchanged: number;
            /** @description False: a dry run */
            written: boolean;
            /**
             * Format: int64
             * @description With one of them nothing is taken
             * @example 0
             */
            wrong: number;
        };
        PrescriptionPrescriberContact: {
            /**
             * @description What the prescriber said
             * @example 已知过敏史，患者既往耐受，可以发药
             */
            answer: string;
            /**
             * Format: date-time
             * @description When
             */
            at: string;
            /**
             * @description Who was reached
             * @example 李明德
             */
            person: string;
        };
        PrescriptionReady: {
            /** @description Everything is in stock, or reserved by the claim */
            complete: boolean;
            /**
             * Format: date-time
             * @description End of its validity, exclusive
             */
            expiresAt: string;
            /** @example RX20261122012345678947 */
            id: string;
            /**
             * Format: int64
             * @description Number of drugs
             * @example 2
             */
            items: number;
            /**
             * Format: date-time
             * @description When the pharmacy said that it can be fetched
             */
            readyAt?: string;
            /**
             * @description paid: the patient shows the pick-up code; claimed: this pharmacy holds it
             * @enum {string}
             */
            status: "paid" | "claimed";
        };
        PrescriptionReceived: {
            /**
             * Format: date-time
             * @description End of its validity, exclusive
             */
            expiresAt: string;
            /**
             * @description Hospital's member id
             * @example h1
             */
            hospital: string;
            /** @example 仁济智慧医院 */
            hospitalName: string;
            /** @example RX20261122012345678947 */
            id: string;
            /**
             * @description The pick-up code, which opens it at this application's pharmacies from now on
             * @example RXP1:RX20261122012345678947:K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ
             */
            pickup: string;
            /**
             * @description Where it stands; paid: a pharmacy served here may claim it now
             * @example paid
             * @enum {string}
             */
            status: "paid" | "claimed" | "dispensed" | "cancelled" | "expired";
        };
        PrescriptionRecheck: {
            /**
             * Format: date-time
             * @description When the checks ran again: at this reading
             */
            at: string;
            /** @description What was checked now, by which tables, and what could not be */
            basis: components["schemas"]["PrescriptionBasis"];
            /**
             * @description What is recorded otherwise now than at the issue
             * @example [
             *       "allergies"
             *     ]
             */
            changed: ("allergies" | "pregnant" | "lactating" | "weight")[] | null;
            /** @description What nobody has answered yet: the next step needs a reason for each, and handing out after a critical one the prescriber's answer */
            new: components["schemas"]["PrescriptionFinding"][] | null;
            /** @description The patient as recorded now; absent for a prescription of another application */
            patient?: components["schemas"]["PrescriptionPatientView"];
            /** @description What stops every further step */
            refusals: components["schemas"]["PrescriptionRefusal"][] | null;
        };
        PrescriptionRefusal: {
            citation: components["schemas"]["PrescriptionCitation"];
            /** @example at most seven days’ supply */
            en: string;
            /** @example items[0].days */
            field: string;
            /** @example RX-SUPPLY-7 */
            rule: string;
            /**
             * Format: int64
             * @example 1
             */
            version: number;
            /** @example 处方不得超过7日用量 */
            zh: string;
        };
        PrescriptionReleaseInput: {
            /** @example 缺货 */
            reason?: string;
            /**
             * @description Secret of the claim
             * @example K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ
             */
            secret: string;
        };
        PrescriptionRenewInput: {
            /**
             * @description Secret of the claim
             * @example K7QM2XW5ZT3YB6NC2DAJ4HRLGPSFVGVEK7QM2XW5ZT3YB6NC2DAJ
             */
            secret: string;
        };
        PrescriptionReport: {
            /** @description What was checked, by which tables, and what could not be */
            basis?: components["schemas"]["PrescriptionBasis"];
            findings: components["schemas"]["PrescriptionFinding"][] | null;
            refusals: components["schemas"]["PrescriptionRefusal"][] | null;
        };
        PrescriptionReviewView: {
            approved: boolean;
            /** Format: date-time */
            at: string;
            /** @description What became known after the issue and before the review */
            findings: components["schemas"]["PrescriptionFinding"][] | null;
            /** @example 王药师 */
            name: string;
            /** @description The reviewer's written reasons */
            overrides: components["schemas"]["PrescriptionOverride"][] | null;
            /**
             * @example [
             *       "剂量偏大，请复核"
             *     ]
             */
            reasons: string[] | null;
            /** @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f */
            record: string;
        };
        PrescriptionShortCode: {
            /**
             * @description Eight digits
             * @example 40718263
             */
            code: string;
            /**
             * Format: date-time
             * @description End of the prescription's validity, exclusive; a claim ends it earlier
             */
            expiresAt: string;
            /**
             * @description Member id; it is good there alone
             * @example p1
             */
            pharmacy: string;
        };
        PrescriptionStanding: {
            /**
             * Format: int64
             * @example 4
             */
            count: number;
            /**
             * Format: date-time
             * @description When the oldest of them was drafted
             */
            first?: string;
            /** @example signed */
            status: string;
        };
        PrescriptionStockInput: {
            /**
             * @description The lot's last day of use; needed for a lot that the pharmacy does not have
             * @example 2028-06-30
             */
            expires?: string;
            /**
             * @description delivery adds packages; correction says how many were counted; writeoff and return take packages away
             * @enum {string}
             */
            kind: "delivery" | "correction" | "writeoff" | "return";
            /**
             * @description Lot (批号) of the packages; empty: not known, and of a correction the whole shelf
             * @example B20260713
             */
            lot?: string;
            /**
             * Format: int64
             * @example 40
             */
            packages: number;
            /**
             * @description Delivery note, or why the count differs, or why goods leave
             * @example 盘点差异
             */
            reason: string;
            /**
             * Format: int64
             * @description Version of the line that was seen; 0 for a drug the pharmacy never had
             * @example 3
             */
            version: number;
        };
        PrescriptionStockView: {
            /**
             * @description Catalogue code
             * @example D0001
             */
            drug: string;
            /**
             * Format: int64
             * @description Of onHand, past their last day of use: not to be handed out
             * @example 0
             */
            expired: number;
            /**
             * @description The earliest last day of use of a lot here
             * @example 2027-06-30
             */
            expires?: string;
            /**
             * Format: int64
             * @description What another prescription may still claim
             * @example 38
             */
            free: number;
            /** @description Of known lots, the one to hand out first in front; what onHand has beyond them is of an unknown lot */
            lots: components["schemas"]["PrescriptionLotView"][] | null;
            /**
             * Format: int64
             * @description Free packages that the pharmacy wants to have at least; 0: it set none
             * @example 10
             */
            minimum: number;
            /** @example Amoxicillin */
            nameEn: string;
            /** @example 阿莫西林胶囊 */
            nameZh: string;
            /**
             * Format: int64
             * @description Packages on the shelf
             * @example 40
             */
            onHand: number;
            /**
             * Format: int64
             * @description Of these, promised to claimed prescriptions
             * @example 2
             */
            reserved: number;
            /** @example 0.25g */
            strength: string;
            /**
             * @description Of a package
             * @example 盒
             */
            unit: string;
            /**
             * Format: int64
             * @description Send it back with a change; 0: never had it
             * @example 3
             */
            version: number;
        };
        PrescriptionSummary: {
            /**
             * @description Department's name
             * @example 呼吸内科
             */
            department?: string;
            /**
             * @description First diagnosis
             * @example 急性上呼吸道感染
             */
            diagnosis?: string;
            /**
             * @description The same in English
             * @example Acute upper respiratory infection, unspecified
             */
            diagnosisEn?: string;
            /**
             * @description Doctor's name
             * @example 李明德
             */
            doctor?: string;
            /** Format: date-time */
            draftedAt: string;
            /** @description Names of the drugs, in the order of the prescription */
            drugs?: components["schemas"]["PrescriptionDrugName"][] | null;
            /** Format: date-time */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description Until when it holds it; then the hospital takes it back
             */
            heldUntil?: string;
            /**
             * @description Name of the pharmacy that holds a claimed one
             * @example 康民大药房
             */
            holder?: string;
            /** @example 仁济智慧医院 */
            hospital: string;
            /** @example RX20261122012345678947 */
            id: string;
            /**
             * Format: int64
             * @description Number of drugs
             * @example 2
             */
            items: number;
            /**
             * @description Patient's name
             * @example 陈晓燕
             */
            patient?: string;
            /**
             * @description For the patient's side: person id of whose it is
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            person?: string;
            /**
             * Format: date-time
             * @description Since when a claimed one can be fetched
             */
            readyAt?: string;
            /** @enum {string} */
            status: "draft" | "signed" | "approved" | "rejected" | "paid" | "claimed" | "dispensed" | "cancelled" | "expired";
            /**
             * Format: int64
             * @example 640
             */
            totalFen: number;
            /** Format: date-time */
            updatedAt: string;
            /**
             * Format: int64
             * @description Critical and warning findings
             * @example 1
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
             * @example RX20261122012345678947
             */
            id: string;
            /**
             * Format: date-time
             * @description When the doctor signed
             */
            issuedAt?: string;
            /** @description True: the reader may see the status only */
            partial: boolean;
            /**
             * @description Id of its last chain record; empty for a draft
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
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
            /**
             * @description The one that replaces it
             * @example RX20261122442427997927
             */
            supersededBy?: string;
            /**
             * @description The rejected one it replaces
             * @example RX20261122442427997927
             */
            supersedes?: string;
            /**
             * Format: int64
             * @description Counts changes; send it back when editing or signing
             * @example 3
             */
            version: number;
        };
        PresenceInputBody: {
            /** @description At work, but takes nobody at once; needs online */
            busy?: boolean;
            online: boolean;
        };
        PriceChangesOutputBody: {
            /** @description Newest first, at most 50 */
            changes: components["schemas"]["PrescriptionChange"][] | null;
        };
        PriceFile: {
            /**
             * @description CSV in base64, at most 716800 bytes and 20000 lines: UTF-8 or GB18030, with a heading. Columns: code (编码), price (单价, in yuan), offered (供应); others are not read
             * @example Y29kZSxwcmljZQpEMDEzNSwxNS4yMAo=
             */
            file: string;
        };
        PricesOutputBody: {
            /**
             * @description Give it as after for the next page; absent: the end
             * @example D0135
             */
            next?: string;
            /** @description At most 100; best match first with q, else by code */
            prices: components["schemas"]["PrescriptionEntry"][] | null;
        };
        PriorBody: {
            /**
             * @description ICD-10 code
             * @example J06.9
             */
            code: string;
            /** Format: date-time */
            date: string;
            /** @example 市第一人民医院 */
            hospital: string;
        };
        PriorInputBody: {
            /**
             * @description ICD-10
             * @example I10
             */
            code: string;
            /**
             * Format: date
             * @example 2026-08-03
             */
            date: string;
            /**
             * @description Hospital that made the diagnosis face to face
             * @example 市第一人民医院
             */
            hospital: string;
        };
        Problem: {
            /**
             * @description Stable code; append-only, never re-used
             * @example claim-held
             */
            code: string;
            /**
             * @description With consultation-open: the consultation in which to go on
             * @example CN7k2mq4xw5zt3yb6nc2da
             */
            consultation?: string;
            /**
             * @description What is wrong, for a developer; holds no personal data
             * @example another pharmacy holds this prescription
             */
            detail: string;
            /** @description Each wrong field with its rule */
            errors?: components["schemas"]["InvalidField"][] | null;
            /**
             * @description Request id, as in the log
             * @example urn:request:3f0c…
             */
            instance?: string;
            /**
             * Format: int64
             * @description HTTP status
             * @example 409
             */
            status: number;
            /**
             * @description HTTP status in words
             * @example Conflict
             */
            title: string;
            /**
             * @description Documentation of the code
             * @example /problems#claim-held
             */
            type: string;
        };
        QuestionnaireOutputBody: {
            /** @description Departments are suggested */
            departmentsOn: boolean;
            /** @description Signs of danger are looked for; a request with one of level 1 or 2 is refused as an emergency */
            flagsOn: boolean;
            /**
             * @description Of the tables; empty: there are none
             * @example 2bc9c4b6daa9
             */
            version: string;
        };
        RateInputBody: {
            /**
             * Format: int64
             * @example 5
             */
            stars: number;
            /**
             * @description The doctor reads them without a name
             * @example 解释得很清楚
             */
            words?: string;
        };
        Rating: {
            /**
             * Format: date-time
             * @description When it was given first
             */
            at?: string;
            /**
             * Format: int64
             * @description 1 to 5; 0: the visit is not rated yet
             * @example 5
             */
            stars: number;
            /**
             * Format: date-time
             * @description It can be changed before
             */
            until?: string;
            /**
             * @description The doctor reads them without a name; empty: none
             * @example 解释得很清楚
             */
            words: string;
        };
        RatingHeard: {
            /**
             * Format: double
             * @description 1 to 5, one decimal
             * @example 4.8
             */
            average?: number;
            /**
             * Format: int64
             * @description Those that are shown
             * @example 23
             */
            count: number;
            /**
             * Format: int64
             * @description Ratings are shown together as soon as this many patients have given new ones
             * @example 5
             */
            least: number;
            /** @description Of the latest hundred, in no order that tells who said it */
            said: components["schemas"]["RatingSaid"][] | null;
        };
        RatingSaid: {
            /**
             * Format: int64
             * @example 5
             */
            stars: number;
            /** @example 解释得很清楚 */
            words: string;
        };
        ReadInputBody: {
            /**
             * Format: int64
             * @description Highest number that was shown
             * @example 7
             */
            seq: number;
        };
        ReadNoticesInputBody: {
            /**
             * @description Everything about this subject
             * @example CN20261122012345678947
             */
            subject?: string;
            /**
             * Format: int64
             * @description Everything up to this id
             * @example 17
             */
            upTo?: number;
        };
        RecordOutputBody: {
            /** @description Once committed */
            record?: components["schemas"]["ChainCommitted"];
            /**
             * @description pending: waits in the outbox; dead: the ledger refused it, an operator has been told
             * @enum {string}
             */
            state: "pending" | "committed" | "dead";
            /**
             * @description Of a dead one: the ledger's code
             * @example transition
             */
            verdict?: string;
        };
        RecoveryOutputBody: {
            /**
             * @description Shown once; each opens once in place of the app's code
             * @example [
             *       "K7QM-2XW5-ZT3Y-B6NC"
             *     ]
             */
            recovery: string[] | null;
        };
        RegisterListOutputBody: {
            /** @description Oldest first */
            practitioners: components["schemas"]["PractitionersPractitioner"][] | null;
        };
        RemoveFactorInputBody: {
            /**
             * @description Of the app, or a recovery code
             * @example 287082
             */
            code: string;
            /**
             * Format: password
             * @example correct horse battery
             */
            password: string;
        };
        ReplaceInputBody: {
            /**
             * Format: date
             * @example 1985-04-12
             */
            birthDate: string;
            /**
             * @description Of a passport: three letters (ISO 3166-1)
             * @example FRA
             */
            country?: string;
            /**
             * @description Left out: a resident id card
             * @enum {string}
             */
            document?: "resident" | "passport" | "hk-macao-permit" | "taiwan-permit" | "foreigner-card" | "birth-certificate";
            /** @description The document that the record rests on until now */
            former: components["schemas"]["NumberBody"];
            /** @example 11010519491231002X */
            idNumber: string;
            /** @example 陈晓燕 */
            name: string;
            /** @enum {string} */
            sex: "male" | "female";
        };
        RequestInputBody: {
            /** @description Answers to the questions of /v1/triage */
            answers?: components["schemas"]["TriageAnswer"][] | null;
            /**
             * @description Chief complaint (主诉)
             * @example 咳嗽三天
             */
            complaint: string;
            /**
             * @description Person id of the doctor
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            doctor: string;
            /**
             * @description How long
             * @example 三天
             */
            duration?: string;
            /**
             * @description Person id of a child the caller manages; left out: for oneself
             * @example u7k2mq4xw5zt3yb6nc2da
             */
            for?: string;
            /** @description The child's guardian is present (监护人陪伴) */
            guardian?: boolean;
            /**
             * @description Reference to a hospital's earlier diagnosis (复诊凭证)
             * @example 2026-08-03 市一医院 J06.9
             */
            prior?: string;
            /**
             * Format: date-time
             * @description Beginning of a session of /v1/doctors/{person}/slots: an appointment (预约). Left out: as soon as the doctor can
             */
            slot?: string;
        };
        RequestKeyInputBody: {
            /**
             * @description Uncompressed SM2 point, lower hex
             * @example 04957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            publicKey: string;
        };
        ResetPasswordInputBody: {
            /**
             * Format: password
             * @example another horse battery
             */
            password: string;
        };
        RevokeInputBody: {
            /** @enum {string} */
            reason: "lost" | "left";
        };
        RightsInputBody: {
            /** @description The relative acts as well; false: reads only */
            acts: boolean;
        };
        Rules: {
            /**
             * Format: int64
             * @description How many acts at most
             * @example 50
             */
            sessionActs: number;
            /**
             * Format: int64
             * @description How long a desk may sign with the PIN given once; 0: each act asks for it
             * @example 30
             */
            sessionMinutes: number;
        };
        RulesOutputBody: {
            rules: components["schemas"]["OversightRule"][] | null;
        };
        RxAccessesOutputBody: {
            /** @description Newest first */
            accesses: components["schemas"]["PrescriptionAccessView"][] | null;
        };
        RxEventsOutputBody: {
            /** @description In order; the chain's record of each says the same digest */
            events: components["schemas"]["PrescriptionEventView"][] | null;
        };
        ScheduleInputBody: {
            /** @description The whole week; an empty list ends the appointments */
            hours: components["schemas"]["PractitionersHours"][] | null;
            /** @description The week that was read */
            was: components["schemas"]["PractitionersHours"][] | null;
        };
        SchedulesOutputBody: {
            /** @description By department and name */
            doctors: components["schemas"]["PractitionersScheduled"][] | null;
        };
        SearchDoctorsInputBody: {
            /**
             * @description next of the page before
             * @example 0~5~u7k2mq4xw5zt3yb6nc2da
             */
            after?: string;
            /**
             * @description Code; empty: all
             * @example cardiology
             */
            department?: string;
            /** @description Only those with an appointment left (可约) */
            free?: boolean;
            /**
             * @description In which a visit can be held, ISO 639
             * @example zh
             * @enum {string}
             */
            language?: "zh" | "yue" | "en" | "ug" | "bo" | "mn";
            /**
             * Format: int64
             * @default 50
             * @example 20
             */
            limit: number;
            /** @description Only those online now */
            online?: boolean;
            /**
             * @description A name, its pinyin initials, a department, what is treated, or a disease
             * @example 高血压
             */
            word: string;
        };
        SearchesOutputBody: {
            /** @description In the order asked for, at most 100 */
            searches: components["schemas"]["AccesslogSearch"][] | null;
        };
        SecurityLogOutputBody: {
            /** @description In the order asked for, at most 100 */
            lines: components["schemas"]["SecuritylogLine"][] | null;
        };
        SecuritylogLine: {
            /**
             * @description Log-in name, or the account's id; empty: the operator at the machine
             * @example admin
             */
            actor?: string;
            /** Format: date-time */
            at: string;
            /** @example doctor */
            detail?: string;
            /**
             * @description Covers this line and the hash of the one before it
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            hash: string;
            /** @example password-reset */
            kind: string;
            /** @example h1 */
            org: string;
            /**
             * @description Same address, same text
             * @example 3f9a1c
             */
            origin?: string;
            /**
             * Format: int64
             * @example 17
             */
            seq: number;
            /** @example doctor7 */
            subject?: string;
        };
        SessionOutputBody: {
            account: components["schemas"]["AccountBody"];
            /**
             * @description Keep it on the device, also after log-out, and send it at the next log-in; absent when the one that was sent is good
             * @example k7qm2xw5zt3yb6nc2daj4hrl8pk7qm2xw5zt3yb6nc2
             */
            device?: string;
            /**
             * Format: date-time
             * @description Its end in any case
             */
            expiresAt: string;
            /** @description This log-in made the account */
            new: boolean;
            /** @description The account was to be closed by its owner's wish; this log-in called that off */
            stays?: boolean;
            /**
             * @description Bearer token; ends after twelve hours without use
             * @example k7qm2xw5zt3yb6nc2daj4hrl8p
             */
            token: string;
        };
        SetPriceInputBody: {
            /** @description False: doctors do not find it and cannot issue it */
            offered: boolean;
            /**
             * Format: int64
             * @description One package, in fen (分)
             * @example 1520
             */
            priceFen: number;
            /**
             * Format: int64
             * @description Version that was seen
             * @example 0
             */
            version: number;
        };
        SetUpFactorInputBody: {
            /**
             * Format: password
             * @description The present one
             * @example correct horse battery
             */
            password: string;
        };
        SettingsOutputBody: {
            settings: components["schemas"]["ConfigSetting"][] | null;
        };
        SettlementEvent: {
            /**
             * Format: int64
             * @description Unix milliseconds
             * @example 1795358001391
             */
            at: number;
            /**
             * @description Canonical JSON
             * @example {"diagnoses":["J06.9"],"schema":"rx.issue/1"}
             */
            document: string;
            /** @example pay.settle */
            kind: string;
            /**
             * @description Record id; its receipt is at /v1/chain/records/{id}/receipt
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            record: string;
            /**
             * @description Base64, 32 bytes
             * @example q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=
             */
            salt: string;
            /**
             * Format: int64
             * @example 1
             */
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
        ShortLookupInputBody: {
            /**
             * @description The eight digits that the patient says
             * @example 40718263
             */
            code: string;
            /**
             * @description Last four characters of the patient's phone or document number
             * @example 4021
             */
            tail: string;
        };
        SignInputBody: {
            /**
             * @description Base64 of the strict-DER SM2 signature over the statement's bytes
             * @example MEUCIQC6m1vJ0z3nJw0mC9Yx2c8m1fQk1u8a7c0q3v5y9b2d4QIgTz5s8w1x4v7u0t3r6q9p2n5m8l1k4j7h0g3f6d9s2a5=
             */
            signature: string;
        };
        Signed: {
            prescription?: components["schemas"]["PrescriptionView"];
            /**
             * @description Id of the record; its receipt follows at /v1/chain/records/{id}/receipt
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            record: string;
            settlement?: components["schemas"]["PaymentView"];
        };
        SlotsOutputBody: {
            /** @description Soonest first, full ones too; seven days ahead */
            slots: components["schemas"]["PractitionersSlot"][] | null;
        };
        StaffListOutputBody: {
            /** @description In the order asked for, at most 200 */
            staff: components["schemas"]["AccountsStaff"][] | null;
        };
        StaffLoginInputBody: {
            /**
             * @description Of the second factor, when the account has one; or a recovery code
             * @example 287082
             */
            code?: string;
            /**
             * @description What an earlier log-in on this device gave: strangers' wrong guesses then delay nobody here
             * @example k7qm2xw5zt3yb6nc2daj4hrl8pk7qm2xw5zt3yb6nc2
             */
            device?: string;
            /**
             * @description As its owner will recognise it
             * @example Chrome, Windows
             */
            deviceName?: string;
            /** @example doctor1 */
            login: string;
            /**
             * Format: password
             * @example correct horse battery
             */
            password: string;
        };
        StateOutputBody: {
            /**
             * @description Id the record has, or will have
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            record: string;
            /** @enum {string} */
            state: "offered" | "opened" | "signed" | "ended";
        };
        StatusOutputBody: {
            /** Format: date-time */
            blockTime: string;
            /** @example demo-ppk7scfuqg */
            chainId: string;
            /**
             * Format: int64
             * @example 60
             */
            height: number;
            /**
             * Format: int64
             * @description Organisations of the consortium
             * @example 6
             */
            members: number;
            /** @description A regulator's node: it runs rules over the chain and has /v1/oversight */
            oversight: boolean;
            /**
             * Format: int64
             * @example 0
             */
            peers: number;
            /**
             * Format: int64
             * @example 4
             */
            power: number;
            /**
             * Format: int64
             * @example 4
             */
            reach: number;
            ready: boolean;
            /**
             * Format: int64
             * @example 33
             */
            records: number;
            /**
             * Format: int64
             * @example 60
             */
            sealedUpTo: number;
            /** @example 4366deffec2c2b0e8a648dcd00075596f5f43214f08601712e597a27b9c2ee63 */
            stateRoot: string;
            /**
             * Format: int64
             * @example 0
             */
            waiting: number;
        };
        StockListOutputBody: {
            /**
             * @description Give it as after for the next page; empty: the end
             * @example D0020
             */
            next?: string;
            /** @description By code; best match first with q */
            stock: components["schemas"]["PrescriptionStockView"][] | null;
        };
        SubjectOutputBody: {
            /** @description That the state is under a sealed root; absent until the members sealed it */
            proof?: components["schemas"]["ChainStatusReceipt"];
            /** @description In order */
            records: components["schemas"]["ChainCommitted"][] | null;
            state: components["schemas"]["ContractSubjectState"];
        };
        SuspendInputBody: {
            /** @example licence under review */
            reason: string;
            /**
             * Format: int64
             * @description The version that was read
             * @example 3
             */
            version: number;
        };
        Template: {
            /**
             * @description Name of who wrote it
             * @example 王医生
             */
            author?: string;
            /** Format: date-time */
            changedAt: string;
            /**
             * @description Code of the department that it is for; absent for an own one
             * @example cardiology
             */
            department?: string;
            /**
             * @description ICD-10 codes
             * @example [
             *       "I10.x00"
             *     ]
             */
            diagnoses?: string[] | null;
            /** @example TQ4MZ6Z7G3Z5X2J4YH6K8N1P3R5 */
            id: string;
            items: components["schemas"]["TemplateItem"][] | null;
            /**
             * @description Name of the pharmacist who judged it
             * @example 孙药师
             */
            judge?: string;
            /** @description The caller wrote it */
            mine: boolean;
            /** @example 高血压续方 */
            name: string;
            /**
             * @description Why it was declined
             * @example 剂量请按说明书
             */
            reason?: string;
            /**
             * @example own
             * @enum {string}
             */
            state: "own" | "proposed" | "agreed" | "declined";
            /**
             * Format: int64
             * @example 1
             */
            version: number;
        };
        TemplateContent: {
            /**
             * @description ICD-10 codes
             * @example [
             *       "I10.x00"
             *     ]
             */
            diagnoses?: string[] | null;
            items: components["schemas"]["TemplateItem"][] | null;
            /** @example 高血压续方 */
            name: string;
        };
        TemplateItem: {
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
            /** @example g */
            readonly doseUnit?: string;
            /**
             * @description Catalogue code
             * @example D0001
             */
            drug: string;
            /** @example Amoxicillin Capsules */
            readonly englishName?: string;
            /**
             * @description Frequency code
             * @example tid
             */
            frequency: string;
            /** @example 阿莫西林胶囊 */
            readonly name?: string;
            /** @example 饭后服用 */
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
            /** @example 0.25g */
            readonly strength?: string;
        };
        TemplateJudgement: {
            agree: boolean;
            /**
             * @description Needed to decline
             * @example 剂量请按说明书
             */
            reason?: string;
            /**
             * Format: int64
             * @description Version that was seen
             * @example 2
             */
            version: number;
        };
        TemplateStepInputBody: {
            /**
             * Format: int64
             * @description Version that was seen
             * @example 1
             */
            version: number;
        };
        TemplatesOutputBody: {
            templates: components["schemas"]["Template"][] | null;
        };
        TermsOutputBody: {
            /** @description Prescriptions carry a form's name, not its code */
            forms: components["schemas"]["CatalogueTerm"][] | null;
            /** @description In a picker's order */
            frequencies: components["schemas"]["CatalogueFrequency"][] | null;
            /** @description In a picker's order */
            routes: components["schemas"]["CatalogueTerm"][] | null;
            units: components["schemas"]["CatalogueUnit"][] | null;
        };
        TicketOutputBody: {
            /**
             * @description Give it to the file's address as ?ticket=; it begins one download within ten minutes, and lets that one go on
             * @example KZ3MZ6Z7G3Z5X2J4YH6K8N1P3R5AKZ3MZ6Z7G3Z5X2J4YH6K8N1P3R5A
             */
            ticket: string;
        };
        Today: {
            /**
             * Format: int64
             * @description Alarms of this node that are open
             * @example 0
             */
            alarms: number;
            /** Format: date-time */
            at: string;
            /**
             * @description In China
             * @example 2026-11-22
             */
            day: string;
            prescriptions: components["schemas"]["TodayPrescriptionsStruct"];
            visits: components["schemas"]["DayVisits"];
        };
        TodayPrescriptionsStruct: {
            /** @description Of any day, whose next step somebody has to take */
            open: components["schemas"]["PrescriptionStanding"][] | null;
            /** @description Drafted today, by status; drafts are left out */
            today: components["schemas"]["PrescriptionStanding"][] | null;
        };
        TriageAnswer: {
            /**
             * @description Code of the question, which is its sign's
             * @example chest-pain-sweat
             */
            question: string;
            /**
             * @example no
             * @enum {string}
             */
            reply: "yes" | "no" | "unknown";
            /** @description Asked again because the complaint says otherwise, and meant */
            sure?: boolean;
        };
        TriageQuestion: {
            ask: components["schemas"]["TriageText"];
            /** @example chest-pain-sweat */
            code: string;
        };
        TriageSign: {
            /** @description What to do until help comes */
            advice: components["schemas"]["TriageText"];
            /** @example chest-pain-sweat */
            code: string;
            /**
             * Format: int64
             * @description Of 急诊预检分诊专家共识 (2018;27:599); 1 and 2: nobody waits for an online visit
             * @example 2
             */
            level: number;
            name: components["schemas"]["TriageText"];
            /**
             * @description The person's own words; empty: an answer said it
             * @example 胸口疼 … 冷汗
             */
            words?: string;
        };
        TriageSuggestion: {
            /**
             * @description Its code
             * @example cardiology
             */
            department: string;
            /** @description What of the complaint belongs there */
            reasons: components["schemas"]["TriageText"][] | null;
        };
        TriageText: {
            /** @example chest pain with cold sweat */
            en: string;
            /** @example 胸痛伴出冷汗 */
            zh: string;
        };
        UpdateProfileInputBody: {
            health: components["schemas"]["PatientsHealth"];
            /**
             * @description Mainland mobile number
             * @example 13800138000
             */
            phone?: string;
            /**
             * Format: int64
             * @description The version that was read
             * @example 3
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
        V2FormFile: {
            ContentType: string;
            Filename: string;
            IsSet: boolean;
            /** Format: int64 */
            Size: number;
        };
        Verdict: {
            /**
             * @description The same in words
             * @example every signature, the path and the seals hold
             */
            detail?: string;
            /**
             * Format: int64
             * @example 18
             */
            height?: number;
            /**
             * @description Record id, of a receipt
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            id?: string;
            /** @example rx.issue */
            kind?: string;
            /**
             * @description Stable code of what is wrong; RECEIPT.md lists them
             * @example path
             */
            reason?: string;
            /**
             * @description Members whose seals it bears
             * @example [
             *       "h1"
             *     ]
             */
            sealed?: string[] | null;
            /**
             * @description Of a proof: where the subject stood
             * @example paid
             */
            status?: string;
            /** @example rx:RX20261122442427997927 */
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
        ViewsContent: {
            /**
             * @description Values of the table's choices
             * @example {
             *       "role": "doctor"
             *     }
             */
            chosen?: {
                [key: string]: string;
            };
            /**
             * @description Those that are shown
             * @example [
             *       "login",
             *       "role"
             *     ]
             */
            columns: string[] | null;
            /**
             * @description What is typed into the filter
             * @example doctor
             */
            filter: string;
            /** @description Absent: as the server lists */
            sort?: components["schemas"]["ViewsOrder"];
        };
        ViewsNamed: {
            /** @example 停用的医生 */
            name: string;
            /**
             * @description Name of a table of the desk
             * @example accounts
             */
            table: string;
            view: components["schemas"]["ViewsContent"];
        };
        ViewsOrder: {
            /** @description The last first */
            down: boolean;
            /**
             * @description A column of the table
             * @example login
             */
            key: string;
        };
        ViewsOutputBody: {
            /** @description By table, the oldest first */
            views: components["schemas"]["ViewsView"][] | null;
        };
        ViewsView: {
            /** @example WQ4MZ6Z7G3Z5X2J4YH6K8N1P3R5 */
            id: string;
            /** @example 停用的医生 */
            name: string;
            /**
             * @description Name of a table of the desk
             * @example accounts
             */
            table: string;
            view: components["schemas"]["ViewsContent"];
        };
        VisitPatient: {
            /**
             * Format: int64
             * @description Completed years; 0 until a real name is bound
             * @example 36
             */
            age: number;
            /** @description The same with months and days, for infants */
            ageOf: components["schemas"]["PrescriptionAge"];
            /**
             * @description Date of birth
             * @example 1990-03-07
             */
            birth?: string;
            /** @description A real name is bound; nothing can be prescribed before */
            bound: boolean;
            /**
             * @description Name of the guardian who consults for a child
             * @example 陈晓燕
             */
            guardian?: string;
            health: components["schemas"]["PatientsHealth"];
            /**
             * @description Empty until a real name is bound
             * @example 陈晓燕
             */
            name: string;
            /** @description Earlier diagnoses, the ground of a follow-up visit (复诊) */
            prior: components["schemas"]["PatientsPrior"][] | null;
            /**
             * @description Name of the relative who consults for an adult, as long as that one lets it (家人代办)
             * @example 陈晓燕
             */
            relative?: string;
            /** @enum {string} */
            sex: "male" | "female" | "unstated";
            /**
             * Format: int64
             * @description In grams, as far as it counts as known: a child's for three months
             * @example 9400
             */
            weightGrams?: number;
        };
        VoteOutputBody: {
            /**
             * Format: int64
             * @description Of the vote; an adopted list is in force two heights after its deciding vote
             * @example 18
             */
            height: number;
            /**
             * @description Of the vote's record
             * @example 957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            id: string;
            /**
             * @description adopted: members with more than two thirds of the votes have agreed
             * @enum {string}
             */
            status: "voted" | "adopted";
            /**
             * @description The change voted for
             * @example gov:957dea022a8d4f4c0f1f0a6a2c9d7b3e5a1c8e6f4b2d0a9c7e5f3b1d9a8c6e4f
             */
            subject: string;
        };
        WaitingMark: {
            /**
             * @description words: the complaint, or what the patient wrote since, names a sign of danger; session: its session has begun; ending: nobody accepts it much longer
             * @enum {string}
             */
            kind: "words" | "session" | "ending";
            /**
             * Format: int64
             * @description Of the sign, by 急诊预检分诊专家共识 (2018;27:599): no conclusion, the doctor's is the judgement
             * @example 2
             */
            level?: number;
            /** @description Name of the sign */
            sign?: components["schemas"]["TriageText"];
            /**
             * @description The patient's own words
             * @example 胸痛
             */
            word?: string;
        };
        WaitingPlace: {
            /**
             * Format: int64
             * @description From now on; one of ten waited shorter
             * @example 10
             */
            fromMinutes?: number;
            /** @description Waits already longer than anybody measured: there is no range */
            longer?: boolean;
            /**
             * Format: int64
             * @description How many of this doctor's last waits the range rests on; 0: no estimate yet
             * @example 24
             */
            measured: number;
            /**
             * Format: int64
             * @description 1: the next one
             * @example 3
             */
            place: number;
            /**
             * Format: int64
             * @description From now on; one of ten waited longer
             * @example 35
             */
            toMinutes?: number;
        };
        WaitingQueue: {
            /**
             * Format: int64
             * @description Visits that were begun and not ended
             * @example 2
             */
            active: number;
            /**
             * Format: int64
             * @description Appointments whose session has not begun
             * @example 3
             */
            later: number;
            /**
             * Format: date-time
             * @description Since when the first one waits
             */
            since?: string;
            /**
             * Format: int64
             * @description Patients who wait now
             * @example 7
             */
            waiting: number;
        };
        WatchAlarm: {
            /**
             * Format: int64
             * @description Height it is about
             * @example 18
             */
            height?: number;
            /**
             * @description Kind, and the member it names
             * @example fork-p2
             */
            id: string;
            /**
             * @example fork
             * @enum {string}
             */
            kind: "fork" | "other-root" | "forged-seal" | "double-vote" | "silence" | "no-quorum" | "unproven" | "unreachable" | "lagging";
            /**
             * @description Member id it names; empty: no one in particular
             * @example p2
             */
            member?: string;
            /**
             * @description Of a fork: who sealed both headers, which no honest node does
             * @example [
             *       "p2"
             *     ]
             */
            members?: string[] | null;
            /** @description Evidence: this node's header */
            ours?: components["schemas"]["ChainSealedHeader"];
            /**
             * Format: date-time
             * @description When this node first saw it, by its own clock
             */
            since: string;
            /**
             * @description The same in words
             * @example p2 shows another sealed history than ours at height 18
             */
            text: string;
            /** @description Evidence: the contradicting header with its seals */
            theirs?: components["schemas"]["ChainSealedHeader"];
            /**
             * Format: int64
             * @description How often it was seen
             * @example 1
             */
            times: number;
            /**
             * Format: date-time
             * @description When it ended; absent: it is open
             */
            until?: string;
            /** @description A nuisance: nothing is lost and nothing halted */
            warning: boolean;
        };
        WatchPeerState: {
            /** @description Its sealed root is ours at the height last compared */
            agrees: boolean;
            /**
             * Format: int64
             * @description That height; 0: never
             * @example 18
             */
            compared: number;
            /**
             * Format: int64
             * @description Its newest sealed height that was proved to us; 0: none
             * @example 18
             */
            height: number;
            /** @example p2 */
            member: string;
            reachable: boolean;
            /**
             * Format: date-time
             * @description Since when it is reachable, or not
             */
            since: string;
        };
        WatchReport: {
            /** @description The worst first */
            open: components["schemas"]["WatchAlarm"][] | null;
            /** @description What has ended, the newest first; at most 200 */
            past: components["schemas"]["WatchAlarm"][] | null;
            /** @description Other members' explorers as this node sees them */
            peers: components["schemas"]["WatchPeerState"][] | null;
        };
        WeChatLoginInputBody: {
            /**
             * @description The papers in force that the person said yes to beside the button, by name and version; others than those in force count for nothing, and the session has consent due
             * @example {
             *       "privacy": 2,
             *       "service": 1
             *     }
             */
            agree?: {
                [key: string]: number;
            };
            /**
             * @description What wx.login returned
             * @example 0a3XyZ000abCde1fGh200ijKlM0aXyZb
             */
            code: string;
            /**
             * @description What an earlier log-in on this device gave: strangers' wrong guesses then delay nobody here
             * @example k7qm2xw5zt3yb6nc2daj4hrl8pk7qm2xw5zt3yb6nc2
             */
            device?: string;
            /**
             * @description As its owner will recognise it
             * @example Chrome, Windows
             */
            deviceName?: string;
        };
        WindowGuardianInputBody: {
            child: components["schemas"]["NumberBody"];
            /** @description End it instead */
            end?: boolean;
            guardian: components["schemas"]["NumberBody"];
            /**
             * @description What the guardian is to the child
             * @enum {string}
             */
            relation: "parent" | "other";
        };
        WindowListOutputBody: {
            /** @description Who holds the number first */
            records: components["schemas"]["PatientsDeskRecord"][] | null;
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
    "list-access-searches": {
        parameters: {
            query?: {
                /** @description Id of the last one you have */
                after?: string;
                /** @description By time; - is the newest first */
                sort?: "-at" | "at";
                /** @description Log-in name of who asked; empty: all */
                admin?: string;
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
                    "application/json": components["schemas"]["SearchesOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "search-accesses": {
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
                "application/json": components["schemas"]["AccesslogQuestion"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccesslogSearch"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "searched-accesses": {
        parameters: {
            query?: {
                /** @description Text that came with the page before */
                after?: string;
            };
            header?: never;
            path: {
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
                    "application/json": components["schemas"]["LinesOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "close-account": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description account-closed, forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, own-account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "lift-delay": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description account-closed, forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, own-account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "resume-account": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description account-closed, forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, own-account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "remove-account-factor": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description account-closed, forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, own-account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "end-sessions": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description account-closed, forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, own-account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "suspend-account": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description account-closed, forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, own-account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diagnostics: {
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
                    "application/json": components["schemas"]["Diagnostics"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "desk-find-identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WindowListOutputBody"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "desk-guardian": {
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
                "application/json": components["schemas"]["WindowGuardianInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientsDeskRecord"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, identity-claim, identity-not-bound, identity-refused, profile-full */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "desk-free-identity": {
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
                "application/json": components["schemas"]["NumberBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientsDeskRecord"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, identity-claim */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "desk-prove-identity": {
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
                "application/json": components["schemas"]["IdentityBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientsDeskRecord"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, identity-claim */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "desk-replace-identity": {
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
                "application/json": components["schemas"]["ReplaceInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientsDeskRecord"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, identity-claim, own-account, staff-twice */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-admin-key-requests": {
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
                    "application/json": components["schemas"]["KeyRequestsOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "approve-key-request": {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysKeyRequest"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description approver-unidentified, idempotency-key-reused, not-independent */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "refuse-key-request": {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysKeyRequest"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description approver-unidentified, idempotency-key-reused, not-independent */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-photos": {
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
                    "application/json": components["schemas"]["PhotosOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description approver-unidentified, idempotency-key-reused, own-account, registration-state, staff-unidentified, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "close-session-for": {
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
                "application/json": components["schemas"]["Closing"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlotsOutputBody"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, registration-state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, no-such-session */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-schedule": {
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
                "application/json": components["schemas"]["ScheduleInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoursOutputBody"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, registration-state, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "staff-number": {
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
                "application/json": components["schemas"]["NumberBody"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, own-account, staff-twice */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "decide-photo": {
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
                "application/json": components["schemas"]["DecidePhotoInputBody"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, registration-state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, registration-state, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "resolve-claim": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description claim-stands, idempotency-key-reused, ledger-ahead, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-prices": {
        parameters: {
            query?: {
                /** @description Chinese name, pinyin initials, English name or code; empty: all */
                q?: string;
                /** @description Only what the hospital changed */
                changed?: boolean;
                /** @description Only what is not offered */
                withdrawn?: boolean;
                /** @description Text that came with the page before; not with q */
                after?: string;
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
                    "application/json": components["schemas"]["PricesOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "import-prices": {
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
                "application/json": components["schemas"]["ImportPricesInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionPlan"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, price-import-moved */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, price-file-faulty */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "try-prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PriceFile"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionPlan"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-price": {
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
                /** @description Catalogue code */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPriceInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionEntry"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "price-changes": {
        parameters: {
            query?: {
                /** @description Version of the last change you have; 0: from the newest */
                before?: number;
            };
            header?: never;
            path: {
                /** @description Catalogue code */
                code: string;
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
                    "application/json": components["schemas"]["PriceChangesOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description insurer-refused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description insurer-distrusted */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description insurer-unreachable, unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-schedules": {
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
                    "application/json": components["schemas"]["SchedulesOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "security-log": {
        parameters: {
            query?: {
                /** @description Number of the last line you have; 0: from the beginning of the order */
                before?: number;
                /** @description By time; - is the newest first */
                sort?: "-at" | "at";
                /** @description What happened; empty: all */
                kind?: string;
                /** @description Log-in name or id of an account: what it did, and what was done to it; empty: all */
                who?: string;
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
                    "application/json": components["schemas"]["SecurityLogOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-sessions": {
        parameters: {
            query?: {
                /** @description Of this log-in name alone */
                login?: string;
                /** @description Part of the log-in name; empty: all */
                q?: string;
                /** @description Absent: all */
                role?: "doctor" | "reviewer" | "dispenser" | "regulator" | "analyst" | "admin";
                /** @description By log-in name; - is the last first */
                sort?: "login" | "-login";
                /** @description Text that came with the page before */
                after?: string;
            };
            header?: {
                Authorization?: string;
            };
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
                    "application/json": components["schemas"]["OpenSessionsOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "end-session": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settings: {
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
                    "application/json": components["schemas"]["SettingsOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "payment-desk": {
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
                    "application/json": components["schemas"]["DeskOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "decide-settlement": {
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
                /** @description Settlement number: ST, the day, ten digits and two check digits (ISO 7064 MOD 97-10) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskOutputBody"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, not-at-desk, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-staff": {
        parameters: {
            query?: {
                /** @description Log-in name of the last one you have */
                after?: string;
                /** @description Part of the log-in name; empty: all */
                q?: string;
                /** @description Absent: all */
                role?: "doctor" | "reviewer" | "dispenser" | "regulator" | "analyst" | "admin";
                /** @description Absent: all */
                state?: "open" | "first-password" | "suspended" | "closed";
                /** @description By log-in name, or by the moment of the account; - is the last first */
                sort?: "login" | "-login" | "created" | "-created";
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
                    "application/json": components["schemas"]["StaffListOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, login-taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "reset-password": {
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
                login: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPasswordInputBody"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description account-closed, forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, own-account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    today: {
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
                    "application/json": components["schemas"]["Today"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "bring-bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Bundle"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionReceived"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description bundle-early, claim-held, no-pharmacy, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description bundle-refused, invalid-input, rule-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "drug-leaflet": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Catalogue code */
                code: string;
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
                    "application/json": components["schemas"]["CatalogueLeaflet"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "search-medicines": {
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
                    "application/json": components["schemas"]["MedicinesOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "chain-alarms": {
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
                    "application/json": components["schemas"]["WatchReport"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description not-found, record-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "chain-changes": {
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
                    "application/json": components["schemas"]["ChangesOutputBody"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "chain-consistency": {
        parameters: {
            query: {
                /** @description A sealed height */
                old: number;
                /** @description A later one; 0: the newest */
                new?: number;
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
                    "application/json": components["schemas"]["ChainConsistency"];
                };
            };
            /** @description record-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "chain-header": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 0: the newest */
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
                    "application/json": components["schemas"]["ChainSealedHeader"];
                };
            };
            /** @description not-found, record-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "chain-history": {
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
                    "application/json": components["schemas"]["ChainHistory"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "chain-history-file": {
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
                    "application/json": components["schemas"]["ChainHistory"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
                    "application/json": components["schemas"]["MembershipMembers"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
                    "application/json": components["schemas"]["MembershipMembers"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description not-found, record-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description not-found, record-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description receipt-not-sealed, record-refused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
                    /**
                     * @example id: 17
                     *     event: record
                     *     data: {"height":22,"id":"957dea022a8d…","index":17}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-streams */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description not-found, record-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
                "application/json": components["schemas"]["ChainReceipt"] | components["schemas"]["ChainStatusReceipt"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "chain-vote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChainRecord"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VoteOutputBody"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description vote-refused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chain-busy, unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-consultations": {
        parameters: {
            query?: {
                /** @description Only these states; a doctor's queue is requested */
                state?: ("requested" | "accepted" | "active" | "finished" | "cancelled")[] | null;
                /** @description Only visits of this person. A patient's list: oneself or whose record one reads. A doctor's: whom that doctor has or had; the list of anybody else is empty */
                person?: string;
                /** @description waiting: who waits longest first, and the queue's true size */
                order?: "newest" | "waiting";
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description consultation-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description consultation-open, idempotency-key-reused, period-taken, slot-full */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description doctor-not-available, emergency, invalid-input, no-such-slot, own-doctor */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description visits-cancelled */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description consultation-state, idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description consultation-prescribed, consultation-state, idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description consultation-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description upgrade-required */
            426: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-readers */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
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
                    "application/json": components["schemas"]["ChatFile"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description consultation-full, consultation-state, idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, picture-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description picture-quota, rate-limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
                /** @description Id of the picture */
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
                    "image/*": string;
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description consultation-state, idempotency-key-reused, note-missing */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            header?: {
                Authorization?: string;
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
                    "application/json": components["schemas"]["ChatPage"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-readers */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
                    "application/json": components["schemas"]["ChatMessage"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description client-id-reused, consultation-full, consultation-state, idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description consultation-state, idempotency-key-reused, note-version */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-visit-patient": {
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
                    "application/json": components["schemas"]["VisitPatient"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description consultation-over, forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-rating": {
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
                    "application/json": components["schemas"]["Rating"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rating-visit */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "rate-visit": {
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
                "application/json": components["schemas"]["RateInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rating"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, rating-closed, rating-visit */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
                    "application/json": components["schemas"]["ChatMarks"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description consultation-state, idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-contact": {
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
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-views": {
        parameters: {
            query?: {
                /** @description Of this table alone; empty: of all */
                table?: string;
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
                    "application/json": components["schemas"]["ViewsOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "save-view": {
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
                "application/json": components["schemas"]["ViewsNamed"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewsView"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, views-full */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-view": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "disclose-document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisclosureAnswer"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description disclosure-refused */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description record-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description disclosure-replayed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
                /** @description Only those with an appointment left (可约) */
                free?: boolean;
                /** @description In which a visit can be held, ISO 639 */
                language?: "zh" | "yue" | "en" | "ug" | "bo" | "mn";
                /** @description next of the page before */
                after?: string;
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
                    "application/json": components["schemas"]["PractitionersFound"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "search-doctors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchDoctorsInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PractitionersFound"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-photo": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Opaque person id */
                person: string;
                /** @description SM3 of the bytes, hex */
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-slots": {
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
                    "application/json": components["schemas"]["SlotsOutputBody"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    events: {
        parameters: {
            query?: {
                /** @description Id of the last notice seen; from now on without it */
                since?: number;
                /** @description Seconds that a page may wait, at most 25 */
                wait?: number;
            };
            header?: {
                /** @description As since; wins over it */
                "Last-Event-ID"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream, or one page of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePage"];
                    /**
                     * @example event: hello
                     *     id: 16
                     *     data: {"notices":[],"last":16,"unread":{}}
                     *
                     *     event: notices
                     *     id: 17
                     *     data: {"notices":[{"id":17,"kind":"visit.requested","subject":"CN20261122012345678947","at":"2026-11-22T01:00:00Z"}],"last":17,"unread":{"visit":1}}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description password-change-required, second-factor-setup-required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-readers */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-handover": {
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
                "application/json": components["schemas"]["OpenInputBody"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description code-unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-codes */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "read-identity-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentityCodeInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdcodeShown"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-code-unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-code-foreign, identity-code-used */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-code-expired */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-code-limit */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-incoming": {
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
                    "application/json": components["schemas"]["IncomingOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "handover-state": {
        parameters: {
            query?: never;
            header?: never;
            path: {
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
                    "application/json": components["schemas"]["StateOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "offer-intent": {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferOutputBody"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, intent-expired, intent-used */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-codes */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "withdraw-intent": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, intent-expired, intent-used, out-of-stock, stale, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, rule-refused, signature-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description has-key, idempotency-key-reused, identity-not-bound, key-approval-required, key-challenge, key-known */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, key-consent, key-invalid, key-possession */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-keys */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-key-requests": {
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
                    "application/json": components["schemas"]["KeyRequestsOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "request-key": {
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
                "application/json": components["schemas"]["RequestKeyInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysKeyRequest"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, key-known */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, key-invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-keys */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, key-revoked */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "look-at-closing": {
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
                    "application/json": components["schemas"]["ClosingState"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "close-own-account": {
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClosingState"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description closing-hindered, idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-consents": {
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
                    "application/json": components["schemas"]["ConsentsOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    agree: {
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
                "application/json": components["schemas"]["AgreeInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentsOutputBody"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description consent-version, idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description consent-often */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "withdraw-consent": {
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentsOutputBody"];
                };
            };
            /** @description idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "lift-own-delay": {
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-devices": {
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DevicesOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "forget-device": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-password": {
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
                "application/json": components["schemas"]["ChangePasswordInputBody"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description login-locked */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "second-factor": {
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
                    "application/json": components["schemas"]["AccountsFactor"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-up-second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUpFactorInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountsFactorSetup"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description second-factor-set */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description login-locked */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "confirm-second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmFactorInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryOutputBody"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description second-factor-wrong, unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description second-factor-set, second-factor-unset */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "remove-second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemoveFactorInputBody"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description second-factor-wrong, unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description second-factor-unset */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description login-locked */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-notices": {
        parameters: {
            query?: {
                /** @description Id of the last one of the page before */
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
                    "application/json": components["schemas"]["InboxOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "read-notices": {
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
                "application/json": components["schemas"]["ReadNoticesInputBody"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "oversight-status": {
        parameters: {
            query?: never;
            header?: {
                /** @description Bearer, and the session of a member of the regulator's staff; or, for machines, the token of oversight.token in the regulator's folder */
                Authorization?: string;
            };
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
                    "application/json": components["schemas"]["OversightStatus"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-exports": {
        parameters: {
            query?: never;
            header?: {
                /** @description Bearer, and the session of a member of the regulator's staff; or, for machines, the token of oversight.token in the regulator's folder */
                Authorization?: string;
            };
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
                    "application/json": components["schemas"]["ExportsOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "make-export": {
        parameters: {
            query?: never;
            header?: {
                /** @description Bearer, and the session of a member of the regulator's staff; or, for machines, the token of oversight.token in the regulator's folder */
                Authorization?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportsExport"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description export-running, receipt-not-sealed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description export-too-large, invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "drop-export": {
        parameters: {
            query?: never;
            header?: {
                /** @description Bearer, and the session of a member of the regulator's staff; or, for machines, the token of oversight.token in the regulator's folder */
                Authorization?: string;
            };
            path: {
                id: string;
            };
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-file": {
        parameters: {
            query?: {
                /** @description In the place of the header, for a browser's own download */
                ticket?: string;
            };
            header?: {
                /** @description Bearer, and the session of a member of the regulator's staff; or, for machines, the token of oversight.token in the regulator's folder */
                Authorization?: string;
                /** @description One range of bytes (RFC 9110 section 14); anything else is answered with the whole file */
                Range?: string;
                /** @description The file's ETag: of another file all of it comes */
                "If-Range"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Accept-Ranges"?: string;
                    "Cache-Control"?: string;
                    "Content-Disposition"?: string;
                    "Content-Length"?: string;
                    "Content-Range"?: string;
                    "Content-Type"?: string;
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, ticket-used */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description export-not-ready */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description range-not-satisfiable */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-ticket": {
        parameters: {
            query?: never;
            header?: {
                /** @description Bearer, and the session of a member of the regulator's staff; or, for machines, the token of oversight.token in the regulator's folder */
                Authorization?: string;
            };
            path: {
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
                    "application/json": components["schemas"]["TicketOutputBody"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description export-not-ready */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "oversight-figures": {
        parameters: {
            query: {
                unit?: "day" | "month";
                /** @description First day in China; of months any day of the first one */
                from: string;
                /** @description Last day; with from at most 62 days or 13 months */
                to: string;
                /** @description Member id; empty: all */
                org?: string;
            };
            header?: {
                /** @description Bearer, and the session of a member of the regulator's staff; or, for machines, the token of oversight.token in the regulator's folder */
                Authorization?: string;
            };
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
                    "application/json": components["schemas"]["OversightFigures"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "oversight-findings": {
        parameters: {
            query?: {
                /** @description next of the page before */
                before?: string;
                limit?: number;
                /** @description By when it was found, or by block time; - is the newest first */
                sort?: "-found" | "found" | "-at" | "at";
                /** @description Id of a rule; empty: all */
                rule?: string;
                /** @description Member id; empty: all */
                org?: string;
            };
            header?: {
                /** @description Bearer, and the session of a member of the regulator's staff; or, for machines, the token of oversight.token in the regulator's folder */
                Authorization?: string;
            };
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
                    "application/json": components["schemas"]["FindingsOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "oversight-evidence": {
        parameters: {
            query?: never;
            header?: {
                /** @description Bearer, and the session of a member of the regulator's staff; or, for machines, the token of oversight.token in the regulator's folder */
                Authorization?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvidenceDossier"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "oversight-rules": {
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
                    "application/json": components["schemas"]["RulesOutputBody"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    papers: {
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
                    "application/json": components["schemas"]["PapersOutputBody"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, identity-not-bound, identity-refused, profile-full, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, identity-bound, identity-claim, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "withdraw-identity": {
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientsView"];
                };
            };
            /** @description idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, identity-claim */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patient-accesses": {
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
                    "application/json": components["schemas"]["AccessesOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description card-bound, card-of-another, idempotency-key-reused, identity-claim, identity-contested, identity-not-bound, insurer-refused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description insurer-distrusted */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description insurer-unreachable, unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-cards": {
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
                    "application/json": components["schemas"]["CardsOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, profile-full */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "end-guardian": {
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
                /** @description me, or the person id of another guardian */
                guardian: string;
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
            /** @description idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, identity-claim */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "confirm-guardian": {
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
                /** @description me, or the person id of another guardian */
                guardian: string;
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, identity-claim, identity-not-bound, profile-full */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "show-identity-code": {
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
                    "application/json": components["schemas"]["IdcodeCode"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity-not-bound */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-pharmacies": {
        parameters: {
            query?: {
                /** @description Say for each whether everything of this prescription is in stock */
                prescription?: string;
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
                    "application/json": components["schemas"]["PharmaciesOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, prescription-number */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description already-registered, idempotency-key-reused, licence-taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "my-about": {
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
                    "application/json": components["schemas"]["PractitionersAbout"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-about": {
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
                "application/json": components["schemas"]["PractitionersAbout"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PractitionersAbout"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "close-session": {
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
                "application/json": components["schemas"]["Closing"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlotsOutputBody"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, no-such-session */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "my-hours": {
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
                    "application/json": components["schemas"]["HoursOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-hours": {
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
                "application/json": components["schemas"]["HoursInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoursOutputBody"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "my-photo": {
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
                    "application/json": components["schemas"]["OwnPhotoOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "send-photo": {
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
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description JPEG, PNG or WebP, at most 5 MiB and 160 pixels a side at least; the type is taken from the bytes
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
                    "application/json": components["schemas"]["PractitionersPhoto"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, picture-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description photo-quota, rate-limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "remove-photo": {
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
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "my-ratings": {
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
                    "application/json": components["schemas"]["RatingHeard"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "my-sessions": {
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
                    "application/json": components["schemas"]["SlotsOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-prescriptions": {
        parameters: {
            query?: {
                /** @description Only these statuses; a reviewer's queue is signed */
                status?: ("draft" | "signed" | "approved" | "rejected" | "paid" | "claimed" | "dispensed" | "cancelled" | "expired")[] | null;
                /** @description Only those of this consultation */
                visit?: string;
                /** @description A patient's list: only those of this person, oneself or whose record one reads */
                person?: string;
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, key-pending, no-key, stale, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-pending, no-key */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, pickup-refused, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, prescription-number */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "lookup-short": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShortLookupInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionFound"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, pickup-refused, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, key-pending, no-key, status, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discard-draft": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-pending, no-key, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, rule-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "ask-release": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-bundle": {
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
                    "application/json": components["schemas"]["Bundle"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description receipt-not-sealed, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description claim-held, key-pending, no-key, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, pickup-refused, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description claim-held, key-pending, no-key, out-of-stock, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, rule-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "prepare-contest": {
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
                "application/json": components["schemas"]["PrescriptionContestInput"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-pending, no-key, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, not-holder, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description claim-refused, claim-unconfirmed, key-pending, no-key, out-of-stock, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, rule-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-pending, no-key, status, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, rule-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, insurer-refused, key-pending, no-key, not-payable, paid-already, pay-code-spent, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, rule-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description insurer-distrusted */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description insurer-unreachable, unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "choose-pharmacy": {
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
                "application/json": components["schemas"]["ChooseInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionChoice"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-pickup-codes": {
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
                    "application/json": components["schemas"]["PickupCodesOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description insurer-refused, not-payable, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, rule-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description insurer-distrusted */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description insurer-unreachable, unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "mark-ready": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, not-holder, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description claim-refused, claim-unconfirmed, idempotency-key-reused, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-pending, no-key, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, rule-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, not-holder, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description claim-refused, claim-unconfirmed, key-pending, no-key, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "prepare-renew": {
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
                "application/json": components["schemas"]["PrescriptionRenewInput"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, not-holder, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description claim-refused, claim-unconfirmed, key-pending, no-key, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input, rule-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "short-code": {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionShortCode"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, no-short-code, status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-relatives": {
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
                    "application/json": components["schemas"]["FamilyList"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "enter-relative-code": {
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
                "application/json": components["schemas"]["CodeInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FamilyView"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description family-code, family-full, family-self, family-state, idempotency-key-reused, identity-not-bound */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description family-misses */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "invite-relative": {
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
                "application/json": components["schemas"]["InviteInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FamilyInvitation"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description family-full, idempotency-key-reused, identity-not-bound */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description family-invites */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-relative-rights": {
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
                /** @description Id of the tie */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RightsInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FamilyView"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description family-not-found, not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description family-state, idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "end-relative": {
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
                /** @description Id of the tie */
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
                    "application/json": components["schemas"]["FamilyView"];
                };
            };
            /** @description idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description family-not-found, not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "confirm-relative": {
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
                /** @description Id of the tie */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RightsInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FamilyView"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description family-not-found, not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description family-state, idempotency-key-reused, identity-not-bound */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description second-factor-needed, second-factor-wrong, wrong-credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description login-locked, rate-limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description wechat-code, wechat-code-used */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description account-closed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, wechat-unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "signing-rules": {
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
                    "application/json": components["schemas"]["Rules"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-stock": {
        parameters: {
            query?: {
                /** @description Chinese name, pinyin initials, English name or code; also drugs the pharmacy never had */
                q?: string;
                /** @description Catalogue codes: these lines with their lots, without q; also drugs the pharmacy never had */
                drug?: string[] | null;
                /** @description Only lines of which less is free than the pharmacy's minimum; without q */
                short?: boolean;
                /** @description Code of the last line of the page before; without q */
                after?: string;
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
                    "application/json": components["schemas"]["StockListOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-lots": {
        parameters: {
            query?: {
                /** @description Days from today to the lot's last day; expired ones are always among them */
                within?: number;
                /** @description What the page before answered as next */
                after?: string;
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
                    "application/json": components["schemas"]["LotsOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-movements": {
        parameters: {
            query?: {
                /** @description Catalogue code; empty: all drugs */
                drug?: string;
                /** @description What the page before answered as next */
                after?: string;
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
                    "application/json": components["schemas"]["MovementsOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-stock": {
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
                /** @description Catalogue code */
                drug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrescriptionStockInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionStockView"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-minimum": {
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
                /** @description Catalogue code */
                drug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MinimumInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrescriptionStockView"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-templates": {
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
                    "application/json": components["schemas"]["TemplatesOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "save-template": {
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
                "application/json": components["schemas"]["TemplateContent"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, template-full */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-wanted-templates": {
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
                    "application/json": components["schemas"]["TemplatesOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-template": {
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
                "application/json": components["schemas"]["ChangeTemplateInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, template-state, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-template": {
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
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "judge-template": {
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
                "application/json": components["schemas"]["TemplateJudgement"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved, template-author */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, template-state, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "propose-template": {
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
                "application/json": components["schemas"]["TemplateStepInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, template-full, template-state, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "withdraw-template": {
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
                "application/json": components["schemas"]["TemplateStepInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /** @description bad-encoding, idempotency-key-missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden, key-unproven, practitioner-not-approved */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused, template-state, version-conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no-room */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-triage": {
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
                    "application/json": components["schemas"]["QuestionnaireOutputBody"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "judge-case": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseOutputBody"];
                };
            };
            /** @description bad-encoding */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description triage-off */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-input */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
