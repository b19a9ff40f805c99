import{e}from"./index.C8IgOQw-.js";import{ag as r}from"./first.C348TT-4.js";function a(a){return`data:image/gif;base64,${r(e(a,"gif",{scale:6,ecc:"medium",border:4}))}`}export{a as q};
