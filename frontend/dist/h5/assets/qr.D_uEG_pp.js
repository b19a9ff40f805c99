import{e as a}from"./index.C8IgOQw-.js";import{ag as e}from"./first.CiclnZcA.js";function r(r){return`data:image/gif;base64,${e(a(r,"gif",{scale:6,ecc:"medium",border:4}))}`}export{r as q};
