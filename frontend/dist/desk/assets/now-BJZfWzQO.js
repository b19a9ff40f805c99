import{h as t,ac as n}from"./index-CbXtUXJx.js";const a=2e4;function s(){const e=t(Date.now()),o=setInterval(()=>e.value=Date.now(),a);return n(()=>clearInterval(o)),e}export{s as u};
