// The law of the chain (chain/contract). Written by: go test ./chain/contract -update
export const contract = {
  "contracts": {
    "cert:": {
      "name": "[a-zA-Z0-9-]{1,64}",
      "derived": false,
      "state": []
    },
    "gov:": {
      "name": "[a-zA-Z0-9-]{1,64}",
      "derived": false,
      "state": []
    },
    "lot:": {
      "name": "[a-zA-Z0-9-]{1,30}",
      "derived": false,
      "state": [
        "amount",
        "class",
        "expires",
        "freezer",
        "ref",
        "root"
      ]
    },
    "move:": {
      "name": "[a-zA-Z0-9-]{1,64}",
      "derived": false,
      "state": [
        "amount",
        "lot",
        "price",
        "priceLot",
        "to",
        "until"
      ]
    },
    "own:": {
      "name": "(?:[a-z0-9-]{1,32}|LOST|USED):[a-zA-Z0-9-]{1,30}",
      "derived": true,
      "state": [
        "balance",
        "held"
      ]
    },
    "pay:": {
      "name": "[a-zA-Z0-9-]{1,64}",
      "derived": false,
      "state": [
        "ref"
      ]
    },
    "rx:": {
      "name": "[a-zA-Z0-9-]{1,64}",
      "derived": false,
      "state": [
        "claims",
        "contested",
        "expires",
        "holder",
        "parties",
        "pickup",
        "ref",
        "renewed",
        "until"
      ]
    }
  },
  "subjects": "^(cert:[a-zA-Z0-9-]{1,64}|gov:[a-zA-Z0-9-]{1,64}|rx:[a-zA-Z0-9-]{1,64}|pay:[a-zA-Z0-9-]{1,64}|lot:[a-zA-Z0-9-]{1,30}|move:[a-zA-Z0-9-]{1,64})$",
  "states": "^(cert:[a-zA-Z0-9-]{1,64}|gov:[a-zA-Z0-9-]{1,64}|rx:[a-zA-Z0-9-]{1,64}|pay:[a-zA-Z0-9-]{1,64}|lot:[a-zA-Z0-9-]{1,30}|move:[a-zA-Z0-9-]{1,64}|own:(?:[a-z0-9-]{1,32}|LOST|USED):[a-zA-Z0-9-]{1,30})$",
  "state": [
    "last",
    "org",
    "person",
    "seq",
    "status",
    "subject"
  ],
  "attributes": {
    "amount?": "whole",
    "balance?": "whole",
    "claims?": "whole",
    "class?": "text",
    "contested?": "true",
    "expires?": "whole",
    "freezer?": "text",
    "held?": "whole",
    "holder?": "text",
    "last": "text",
    "lot?": "text",
    "org": "text",
    "parties?": "texts",
    "person?": "text",
    "pickup?": "text",
    "price?": "whole",
    "priceLot?": "text",
    "ref?": "text",
    "renewed?": "true",
    "root?": "text",
    "seq": "whole",
    "status": "text",
    "subject": "text",
    "to?": "text",
    "until?": "whole"
  },
  "facts": {
    "amount": "whole",
    "cert": "text",
    "change": "text",
    "class": "text",
    "code": "text",
    "expires": "whole",
    "lot": "text",
    "parties": "texts",
    "pickup": "text",
    "price": "whole",
    "priceLot": "text",
    "ref": "text",
    "root": "text",
    "tags": "texts",
    "to": "text",
    "until": "whole"
  },
  "types": {
    "amount": {
      "json": "whole",
      "min": 1,
      "max": 1000000000000
    },
    "certificate": {
      "json": "text",
      "pattern": "[A-Za-z0-9+/]+={0,2}",
      "maxLen": 2734
    },
    "change": {
      "json": "text",
      "pattern": "[A-Za-z0-9+/]+={0,2}",
      "maxLen": 16388
    },
    "class": {
      "json": "text",
      "pattern": "deposit|packages|receivable"
    },
    "digest": {
      "json": "text",
      "pattern": "[0-9a-f]{64}"
    },
    "holder": {
      "json": "text",
      "pattern": "[a-z0-9-]{1,32}|LOST|USED"
    },
    "member": {
      "json": "text",
      "pattern": "[a-z0-9-]{1,32}"
    },
    "moment": {
      "json": "whole",
      "min": 1,
      "max": 9007199254740991
    },
    "people": {
      "json": "texts",
      "pattern": "[A-Za-z0-9._-]{1,64}",
      "items": 4,
      "order": "ascending"
    },
    "subject": {
      "json": "text"
    },
    "tags": {
      "json": "texts",
      "pattern": "[0-9a-f]{64}",
      "items": 200,
      "order": "distinct"
    }
  },
  "kinds": {
    "cert.enrol": {
      "prefix": "cert:",
      "since": 1,
      "from": [
        {
          "name": "",
          "since": 1
        }
      ],
      "to": "enrolled",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": false
        },
        {
          "name": "pharmacy",
          "since": 1,
          "visits": false
        },
        {
          "name": "insurer",
          "since": 1,
          "visits": false
        },
        {
          "name": "maker",
          "since": 2,
          "visits": false
        },
        {
          "name": "wholesaler",
          "since": 2,
          "visits": false
        }
      ],
      "facts": [
        {
          "name": "cert",
          "since": 1,
          "type": "certificate",
          "optional": false,
          "of": [],
          "with": ""
        }
      ],
      "guards": [
        {
          "name": "certificate",
          "since": 1
        }
      ],
      "sealInForce": false
    },
    "cert.revoke": {
      "prefix": "cert:",
      "since": 1,
      "from": [
        {
          "name": "enrolled",
          "since": 1
        }
      ],
      "to": "revoked",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": false
        },
        {
          "name": "pharmacy",
          "since": 1,
          "visits": false
        },
        {
          "name": "insurer",
          "since": 1,
          "visits": false
        },
        {
          "name": "maker",
          "since": 2,
          "visits": false
        },
        {
          "name": "wholesaler",
          "since": 2,
          "visits": false
        }
      ],
      "facts": [],
      "guards": [],
      "sealInForce": false
    },
    "gov.vote": {
      "prefix": "gov:",
      "since": 1,
      "from": [
        {
          "name": "",
          "since": 1
        },
        {
          "name": "voted",
          "since": 1
        }
      ],
      "to": "voted",
      "or": "adopted",
      "actors": [
        {
          "name": "seal",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": true
        },
        {
          "name": "pharmacy",
          "since": 1,
          "visits": true
        },
        {
          "name": "insurer",
          "since": 1,
          "visits": true
        },
        {
          "name": "maker",
          "since": 2,
          "visits": true
        },
        {
          "name": "wholesaler",
          "since": 2,
          "visits": true
        },
        {
          "name": "bank",
          "since": 2,
          "visits": true
        },
        {
          "name": "arbiter",
          "since": 2,
          "visits": true
        }
      ],
      "facts": [
        {
          "name": "change",
          "since": 1,
          "type": "change",
          "optional": false,
          "of": [],
          "with": ""
        }
      ],
      "guards": [
        {
          "name": "ballot",
          "since": 1
        }
      ],
      "sealInForce": true
    },
    "lot.close": {
      "prefix": "lot:",
      "since": 2,
      "from": [
        {
          "name": "open",
          "since": 2
        },
        {
          "name": "frozen",
          "since": 2
        }
      ],
      "to": "closed",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 2
        }
      ],
      "orgs": [
        {
          "name": "maker",
          "since": 2,
          "visits": false
        },
        {
          "name": "insurer",
          "since": 2,
          "visits": false
        },
        {
          "name": "bank",
          "since": 2,
          "visits": false
        }
      ],
      "facts": [],
      "guards": [
        {
          "name": "all-back",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "lot.freeze": {
      "prefix": "lot:",
      "since": 2,
      "from": [
        {
          "name": "open",
          "since": 2
        },
        {
          "name": "frozen",
          "since": 2
        }
      ],
      "to": "frozen",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 2
        }
      ],
      "orgs": [
        {
          "name": "maker",
          "since": 2,
          "visits": false
        },
        {
          "name": "insurer",
          "since": 2,
          "visits": false
        },
        {
          "name": "bank",
          "since": 2,
          "visits": false
        },
        {
          "name": "regulator",
          "since": 2,
          "visits": true
        }
      ],
      "facts": [],
      "guards": [
        {
          "name": "not-frozen",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "lot.open": {
      "prefix": "lot:",
      "since": 2,
      "from": [
        {
          "name": "",
          "since": 2
        }
      ],
      "to": "open",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 2
        }
      ],
      "orgs": [
        {
          "name": "maker",
          "since": 2,
          "visits": false
        },
        {
          "name": "insurer",
          "since": 2,
          "visits": false
        },
        {
          "name": "bank",
          "since": 2,
          "visits": false
        }
      ],
      "facts": [
        {
          "name": "amount",
          "since": 2,
          "type": "amount",
          "optional": false,
          "of": [],
          "with": ""
        },
        {
          "name": "class",
          "since": 2,
          "type": "class",
          "optional": false,
          "of": [],
          "with": ""
        },
        {
          "name": "expires",
          "since": 2,
          "type": "moment",
          "optional": true,
          "of": [],
          "with": ""
        },
        {
          "name": "ref",
          "since": 2,
          "type": "subject",
          "optional": true,
          "of": [
            "pay:",
            "lot:",
            "move:"
          ],
          "with": ""
        },
        {
          "name": "root",
          "since": 2,
          "type": "digest",
          "optional": true,
          "of": [],
          "with": ""
        },
        {
          "name": "tags",
          "since": 2,
          "type": "tags",
          "optional": true,
          "of": [],
          "with": ""
        }
      ],
      "guards": [
        {
          "name": "issuer",
          "since": 2
        },
        {
          "name": "known-reference",
          "since": 2
        },
        {
          "name": "tags-unused",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "lot.thaw": {
      "prefix": "lot:",
      "since": 2,
      "from": [
        {
          "name": "frozen",
          "since": 2
        }
      ],
      "to": "open",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 2
        }
      ],
      "orgs": [
        {
          "name": "maker",
          "since": 2,
          "visits": false
        },
        {
          "name": "insurer",
          "since": 2,
          "visits": false
        },
        {
          "name": "bank",
          "since": 2,
          "visits": false
        },
        {
          "name": "regulator",
          "since": 2,
          "visits": true
        }
      ],
      "facts": [],
      "guards": [
        {
          "name": "freezer",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "move.open": {
      "prefix": "move:",
      "since": 2,
      "from": [
        {
          "name": "",
          "since": 2
        }
      ],
      "to": "pending",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 2
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 2,
          "visits": false
        },
        {
          "name": "pharmacy",
          "since": 2,
          "visits": false
        },
        {
          "name": "insurer",
          "since": 2,
          "visits": false
        },
        {
          "name": "maker",
          "since": 2,
          "visits": false
        },
        {
          "name": "wholesaler",
          "since": 2,
          "visits": false
        },
        {
          "name": "bank",
          "since": 2,
          "visits": false
        }
      ],
      "facts": [
        {
          "name": "amount",
          "since": 2,
          "type": "amount",
          "optional": false,
          "of": [],
          "with": ""
        },
        {
          "name": "lot",
          "since": 2,
          "type": "subject",
          "optional": false,
          "of": [
            "lot:"
          ],
          "with": ""
        },
        {
          "name": "price",
          "since": 2,
          "type": "amount",
          "optional": true,
          "of": [],
          "with": "priceLot"
        },
        {
          "name": "priceLot",
          "since": 2,
          "type": "subject",
          "optional": true,
          "of": [
            "lot:"
          ],
          "with": "price"
        },
        {
          "name": "to",
          "since": 2,
          "type": "member",
          "optional": false,
          "of": [],
          "with": ""
        },
        {
          "name": "until",
          "since": 2,
          "type": "moment",
          "optional": true,
          "of": [],
          "with": ""
        }
      ],
      "guards": [
        {
          "name": "receiver",
          "since": 2
        },
        {
          "name": "lot-moves",
          "since": 2
        },
        {
          "name": "free",
          "since": 2
        },
        {
          "name": "until-ahead",
          "since": 2
        },
        {
          "name": "other-lot",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "move.pay": {
      "prefix": "move:",
      "since": 2,
      "from": [
        {
          "name": "",
          "since": 2
        }
      ],
      "to": "done",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 2
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 2,
          "visits": false
        },
        {
          "name": "pharmacy",
          "since": 2,
          "visits": false
        },
        {
          "name": "insurer",
          "since": 2,
          "visits": false
        },
        {
          "name": "maker",
          "since": 2,
          "visits": false
        },
        {
          "name": "wholesaler",
          "since": 2,
          "visits": false
        },
        {
          "name": "bank",
          "since": 2,
          "visits": false
        }
      ],
      "facts": [
        {
          "name": "amount",
          "since": 2,
          "type": "amount",
          "optional": false,
          "of": [],
          "with": ""
        },
        {
          "name": "lot",
          "since": 2,
          "type": "subject",
          "optional": false,
          "of": [
            "lot:"
          ],
          "with": ""
        },
        {
          "name": "to",
          "since": 2,
          "type": "holder",
          "optional": false,
          "of": [],
          "with": ""
        }
      ],
      "guards": [
        {
          "name": "receiver",
          "since": 2
        },
        {
          "name": "lot-moves",
          "since": 2
        },
        {
          "name": "free",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "move.take": {
      "prefix": "move:",
      "since": 2,
      "from": [
        {
          "name": "pending",
          "since": 2
        }
      ],
      "to": "done",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 2
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 2,
          "visits": true
        },
        {
          "name": "pharmacy",
          "since": 2,
          "visits": true
        },
        {
          "name": "insurer",
          "since": 2,
          "visits": true
        },
        {
          "name": "maker",
          "since": 2,
          "visits": true
        },
        {
          "name": "wholesaler",
          "since": 2,
          "visits": true
        },
        {
          "name": "bank",
          "since": 2,
          "visits": true
        }
      ],
      "facts": [
        {
          "name": "amount",
          "since": 2,
          "type": "amount",
          "optional": false,
          "of": [],
          "with": ""
        }
      ],
      "guards": [
        {
          "name": "receiver",
          "since": 2
        },
        {
          "name": "until",
          "since": 2
        },
        {
          "name": "pending",
          "since": 2
        },
        {
          "name": "lot-moves",
          "since": 2
        },
        {
          "name": "price",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "move.void": {
      "prefix": "move:",
      "since": 2,
      "from": [
        {
          "name": "pending",
          "since": 2
        }
      ],
      "to": "void",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 2
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 2,
          "visits": true
        },
        {
          "name": "pharmacy",
          "since": 2,
          "visits": true
        },
        {
          "name": "insurer",
          "since": 2,
          "visits": true
        },
        {
          "name": "maker",
          "since": 2,
          "visits": true
        },
        {
          "name": "wholesaler",
          "since": 2,
          "visits": true
        },
        {
          "name": "bank",
          "since": 2,
          "visits": true
        }
      ],
      "facts": [],
      "guards": [
        {
          "name": "party-or-over",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "pay.fail": {
      "prefix": "pay:",
      "since": 1,
      "from": [
        {
          "name": "opened",
          "since": 1
        }
      ],
      "to": "failed",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": false
        }
      ],
      "facts": [],
      "guards": [],
      "sealInForce": false
    },
    "pay.open": {
      "prefix": "pay:",
      "since": 1,
      "from": [
        {
          "name": "",
          "since": 1
        }
      ],
      "to": "opened",
      "or": "",
      "actors": [
        {
          "name": "patient",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": false
        }
      ],
      "facts": [
        {
          "name": "ref",
          "since": 1,
          "type": "subject",
          "optional": false,
          "of": [
            "rx:",
            "pay:"
          ],
          "with": ""
        }
      ],
      "guards": [
        {
          "name": "payable",
          "since": 1
        },
        {
          "name": "party",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "pay.refund": {
      "prefix": "pay:",
      "since": 1,
      "from": [
        {
          "name": "settled",
          "since": 1
        }
      ],
      "to": "refunded",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": false
        }
      ],
      "facts": [],
      "guards": [
        {
          "name": "refundable",
          "since": 1
        }
      ],
      "sealInForce": false
    },
    "pay.settle": {
      "prefix": "pay:",
      "since": 1,
      "from": [
        {
          "name": "opened",
          "since": 1
        }
      ],
      "to": "settled",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": false
        }
      ],
      "facts": [],
      "guards": [],
      "sealInForce": false
    },
    "rx.approve": {
      "prefix": "rx:",
      "since": 1,
      "from": [
        {
          "name": "signed",
          "since": 1
        }
      ],
      "to": "approved",
      "or": "",
      "actors": [
        {
          "name": "reviewer",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": false
        }
      ],
      "facts": [],
      "guards": [
        {
          "name": "other-person",
          "since": 1
        },
        {
          "name": "signed-in-time",
          "since": 1
        },
        {
          "name": "outsider",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "rx.cancel": {
      "prefix": "rx:",
      "since": 1,
      "from": [
        {
          "name": "signed",
          "since": 1
        },
        {
          "name": "approved",
          "since": 1
        },
        {
          "name": "paid",
          "since": 1
        }
      ],
      "to": "cancelled",
      "or": "",
      "actors": [
        {
          "name": "doctor",
          "since": 1
        },
        {
          "name": "patient",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": false
        }
      ],
      "facts": [],
      "guards": [
        {
          "name": "issuer-or-party",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "rx.claim": {
      "prefix": "rx:",
      "since": 1,
      "from": [
        {
          "name": "paid",
          "since": 1
        }
      ],
      "to": "claimed",
      "or": "",
      "actors": [
        {
          "name": "dispenser",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "pharmacy",
          "since": 1,
          "visits": true
        }
      ],
      "facts": [
        {
          "name": "code",
          "since": 2,
          "type": "digest",
          "optional": true,
          "of": [],
          "with": ""
        },
        {
          "name": "until",
          "since": 2,
          "type": "moment",
          "optional": false,
          "of": [],
          "with": ""
        }
      ],
      "guards": [
        {
          "name": "unexpired",
          "since": 1
        },
        {
          "name": "pickup-code",
          "since": 2
        },
        {
          "name": "lease",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "rx.contest": {
      "prefix": "rx:",
      "since": 2,
      "from": [
        {
          "name": "claimed",
          "since": 2
        },
        {
          "name": "dispensed",
          "since": 2
        }
      ],
      "to": "",
      "or": "",
      "actors": [
        {
          "name": "patient",
          "since": 2
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 2,
          "visits": false
        }
      ],
      "facts": [],
      "guards": [
        {
          "name": "party",
          "since": 2
        },
        {
          "name": "first-contest",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "rx.dispense": {
      "prefix": "rx:",
      "since": 1,
      "from": [
        {
          "name": "claimed",
          "since": 1
        }
      ],
      "to": "dispensed",
      "or": "",
      "actors": [
        {
          "name": "dispenser",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "pharmacy",
          "since": 1,
          "visits": true
        }
      ],
      "facts": [
        {
          "name": "tags",
          "since": 1,
          "type": "tags",
          "optional": false,
          "of": [],
          "with": ""
        }
      ],
      "guards": [
        {
          "name": "holder",
          "since": 1
        },
        {
          "name": "tags-unused",
          "since": 1
        },
        {
          "name": "unexpired",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "rx.expire": {
      "prefix": "rx:",
      "since": 1,
      "from": [
        {
          "name": "signed",
          "since": 1
        },
        {
          "name": "approved",
          "since": 1
        },
        {
          "name": "paid",
          "since": 1
        },
        {
          "name": "claimed",
          "since": 2
        }
      ],
      "to": "expired",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": false
        }
      ],
      "facts": [],
      "guards": [
        {
          "name": "overdue",
          "since": 1
        }
      ],
      "sealInForce": false
    },
    "rx.issue": {
      "prefix": "rx:",
      "since": 1,
      "from": [
        {
          "name": "",
          "since": 1
        }
      ],
      "to": "signed",
      "or": "",
      "actors": [
        {
          "name": "doctor",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": false
        }
      ],
      "facts": [
        {
          "name": "expires",
          "since": 1,
          "type": "moment",
          "optional": false,
          "of": [],
          "with": ""
        },
        {
          "name": "pickup",
          "since": 2,
          "type": "digest",
          "optional": false,
          "of": [],
          "with": ""
        },
        {
          "name": "parties",
          "since": 2,
          "type": "people",
          "optional": false,
          "of": [],
          "with": ""
        }
      ],
      "guards": [
        {
          "name": "validity-left",
          "since": 1
        },
        {
          "name": "validity-bounded",
          "since": 2
        },
        {
          "name": "outsider",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "rx.lapse": {
      "prefix": "rx:",
      "since": 2,
      "from": [
        {
          "name": "claimed",
          "since": 2
        }
      ],
      "to": "paid",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 2
        },
        {
          "name": "dispenser",
          "since": 2
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 2,
          "visits": false
        },
        {
          "name": "pharmacy",
          "since": 2,
          "visits": true
        }
      ],
      "facts": [],
      "guards": [
        {
          "name": "lease-over",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "rx.pay": {
      "prefix": "rx:",
      "since": 1,
      "from": [
        {
          "name": "approved",
          "since": 1
        }
      ],
      "to": "paid",
      "or": "",
      "actors": [
        {
          "name": "seal",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": false
        }
      ],
      "facts": [
        {
          "name": "ref",
          "since": 1,
          "type": "subject",
          "optional": false,
          "of": [
            "rx:",
            "pay:"
          ],
          "with": ""
        }
      ],
      "guards": [
        {
          "name": "signed-in-time",
          "since": 1
        },
        {
          "name": "settled",
          "since": 1
        }
      ],
      "sealInForce": false
    },
    "rx.reject": {
      "prefix": "rx:",
      "since": 1,
      "from": [
        {
          "name": "signed",
          "since": 1
        }
      ],
      "to": "rejected",
      "or": "",
      "actors": [
        {
          "name": "reviewer",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "hospital",
          "since": 1,
          "visits": false
        }
      ],
      "facts": [],
      "guards": [
        {
          "name": "other-person",
          "since": 1
        },
        {
          "name": "outsider",
          "since": 2
        }
      ],
      "sealInForce": false
    },
    "rx.release": {
      "prefix": "rx:",
      "since": 1,
      "from": [
        {
          "name": "claimed",
          "since": 1
        }
      ],
      "to": "paid",
      "or": "",
      "actors": [
        {
          "name": "dispenser",
          "since": 1
        }
      ],
      "orgs": [
        {
          "name": "pharmacy",
          "since": 1,
          "visits": true
        }
      ],
      "facts": [],
      "guards": [
        {
          "name": "holder",
          "since": 1
        }
      ],
      "sealInForce": false
    },
    "rx.renew": {
      "prefix": "rx:",
      "since": 2,
      "from": [
        {
          "name": "claimed",
          "since": 2
        }
      ],
      "to": "claimed",
      "or": "",
      "actors": [
        {
          "name": "dispenser",
          "since": 2
        }
      ],
      "orgs": [
        {
          "name": "pharmacy",
          "since": 2,
          "visits": true
        }
      ],
      "facts": [
        {
          "name": "until",
          "since": 2,
          "type": "moment",
          "optional": false,
          "of": [],
          "with": ""
        }
      ],
      "guards": [
        {
          "name": "holder",
          "since": 2
        },
        {
          "name": "unexpired",
          "since": 2
        },
        {
          "name": "first-renewal",
          "since": 2
        },
        {
          "name": "lease",
          "since": 2
        }
      ],
      "sealInForce": false
    }
  },
  "guards": [
    {
      "name": "dated",
      "since": 2
    }
  ],
  "roles": {
    "assessor": {
      "by": [
        "insurer"
      ],
      "since": 2
    },
    "device": {
      "by": [
        "maker",
        "wholesaler",
        "pharmacy"
      ],
      "since": 2
    },
    "dispenser": {
      "by": [
        "pharmacy"
      ],
      "since": 1
    },
    "doctor": {
      "by": [
        "hospital"
      ],
      "since": 1
    },
    "patient": {
      "by": [
        "hospital"
      ],
      "since": 1
    },
    "reviewer": {
      "by": [
        "hospital"
      ],
      "since": 1
    },
    "seal": {
      "by": [],
      "since": 1
    }
  },
  "orgs": [
    {
      "name": "hospital",
      "since": 1
    },
    {
      "name": "pharmacy",
      "since": 1
    },
    {
      "name": "insurer",
      "since": 1
    },
    {
      "name": "regulator",
      "since": 1
    },
    {
      "name": "maker",
      "since": 2
    },
    {
      "name": "wholesaler",
      "since": 2
    },
    {
      "name": "bank",
      "since": 2
    },
    {
      "name": "arbiter",
      "since": 2
    }
  ],
  "codes": [
    "ok",
    "malformed",
    "wrong-chain",
    "unknown-organisation",
    "unknown-certificate",
    "certificate-revoked",
    "certificate-expired",
    "bad-signature",
    "role",
    "sequence",
    "transition",
    "not-holder",
    "expired",
    "not-yet",
    "tag-used",
    "reference",
    "self-review",
    "bad-certificate",
    "duplicate-certificate",
    "suspended",
    "bad-change",
    "bad-code",
    "bad-lease",
    "bad-validity",
    "not-party",
    "own-party",
    "short",
    "frozen"
  ],
  "newest": 2,
  "names": {
    "chain": "[a-zA-Z0-9-]{1,50}",
    "org": "[a-z0-9-]{1,32}",
    "person": "[A-Za-z0-9._-]{1,64}"
  }
} as const
