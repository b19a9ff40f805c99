const o=67108864;export{o as M};
