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
  "subjects": "^(cert:[a-zA-Z0-9-]{1,64}|gov:[a-zA-Z0-9-]{1,64}|rx:[a-zA-Z0-9-]{1,64}|pay:[a-zA-Z0-9-]{1,64})$",
  "states": "^(cert:[a-zA-Z0-9-]{1,64}|gov:[a-zA-Z0-9-]{1,64}|rx:[a-zA-Z0-9-]{1,64}|pay:[a-zA-Z0-9-]{1,64})$",
  "state": [
    "last",
    "org",
    "person",
    "seq",
    "status",
    "subject"
  ],
  "facts": {
    "cert": "text",
    "change": "text",
    "code": "text",
    "expires": "whole",
    "parties": "texts",
    "pickup": "text",
    "ref": "text",
    "tags": "texts",
    "until": "whole"
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
        }
      ],
      "facts": [
        {
          "name": "cert",
          "since": 1,
          "optional": false,
          "of": []
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
        }
      ],
      "facts": [
        {
          "name": "change",
          "since": 1,
          "optional": false,
          "of": []
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
          "optional": false,
          "of": [
            "rx:",
            "pay:"
          ]
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
          "optional": true,
          "of": []
        },
        {
          "name": "until",
          "since": 2,
          "optional": false,
          "of": []
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
          "optional": false,
          "of": []
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
          "optional": false,
          "of": []
        },
        {
          "name": "pickup",
          "since": 2,
          "optional": false,
          "of": []
        },
        {
          "name": "parties",
          "since": 2,
          "optional": false,
          "of": []
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
          "optional": false,
          "of": [
            "rx:",
            "pay:"
          ]
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
          "optional": false,
          "of": []
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
    "own-party"
  ]
} as const
