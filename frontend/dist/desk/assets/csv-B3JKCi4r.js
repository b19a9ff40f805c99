const o=/^[\s\p{C}]*[=+\-−@|%]/u,s=/^-?\d+(\.\d+)?$/;function r(n){const t=String(n??""),e=o.test(t.normalize("NFKC"))&&!s.test(t)?`'${t}`:t;return/[",\r\n\t;']/.test(e)?`"${e.replace(/"/g,'""')}"`:e}const a=n=>`\uFEFF${n.map(t=>t.map(r).join(",")).join(`\r
`)}\r
`;function l(n,t){const e=URL.createObjectURL(new Blob([t],{type:"text/csv;charset=utf-8"})),c=document.createElement("a");c.href=e,c.download=n,c.click(),setTimeout(()=>URL.revokeObjectURL(e),6e4)}export{a as c,l as d};
