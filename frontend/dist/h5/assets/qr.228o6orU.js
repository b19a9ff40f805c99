import{e}from"./index.C8IgOQw-.js";import{ae as a}from"./first.Bx7QNDG8.js";function r(r){return`data:image/gif;base64,${a(e(r,"gif",{scale:6,ecc:"medium",border:4}))}`}export{r as q};
