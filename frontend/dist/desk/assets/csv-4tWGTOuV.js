const o=/^[\s\p{C}]*[=+\-−@|%]/u,s=/^-?\d+(\.\d+)?$/;function r(e){const t=String(e??"");return o.test(t.normalize("NFKC"))&&!s.test(t)?`'${t}`:t}function a(e){const t=r(e);return/[",\r\n\t;']/.test(t)?`"${t.replace(/"/g,'""')}"`:t}const u=e=>`\uFEFF${e.map(t=>t.map(a).join(",")).join(`\r
`)}\r
`;function l(e,t){const c=URL.createObjectURL(typeof t=="string"?new Blob([t],{type:"text/csv;charset=utf-8"}):t),n=document.createElement("a");n.href=c,n.download=e,n.click(),setTimeout(()=>URL.revokeObjectURL(c),6e4)}export{u as c,l as d,r as h};
