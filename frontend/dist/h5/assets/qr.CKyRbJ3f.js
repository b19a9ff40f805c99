import{e}from"./index.C8IgOQw-.js";import{ak as i}from"./first.BtacEzA4.js";function r(r){return`data:image/gif;base64,${i(e(r,"gif",{scale:6,ecc:"medium",border:4}))}`}export{r as q};
