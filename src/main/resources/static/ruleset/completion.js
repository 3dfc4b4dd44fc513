// What the editor offers: the words of the vocabulary, by where one stands in the rule.
window.ruleCompletion = words => {
  const facts = words.filter(word => word.kind === 'field' || word.kind === 'function');
  const verbs = words.filter(word => word.kind === 'verb');
  const operators = words.filter(word => word.kind === 'operator' && /^\w/.test(word.name));
  const skeleton = {name: 'rule', description: 'A new rule', snippet:
    'rule "${1:name}"\nwhen\n    \\$c : Customer( ${2:orders.count >= 3} )\nthen\n    segments.enter(\\$c, "${3:segment-key}", "${4:reason}");\nend\n'};

  // The part of the rule the cursor is in: the last of these words above it says.
  const part = (session, position) => {
    const above = session.getLines(0, position.row).join('\n');
    const text = above.slice(0, above.length - session.getLine(position.row).length + position.column).replace(/\/\/.*$/gm, '').replace(/"[^"\n]*"/g, '');
    const seen = text.match(/\b(when|then|end|rule)\b/g);
    return seen ? seen[seen.length - 1] : 'end';
  };
  // Of a function's example what stands for it, its arguments to be filled in.
  const snippet = word => {
    const open = word.example.indexOf(word.name + '(');
    const call = open < 0 ? word.name : word.example.slice(open, word.example.indexOf(')', open) + 1);
    return call.replace(/\$/g, '\\$').replace(/"([^"]*)"|(\d+)/g, (all, text, number) => text === undefined ? '${0:' + number + '}' : '"${0:' + text + '}"')
      .replace(/\$\{0:/g, (() => { let n = 0; return () => '${' + ++n + ':'; })());
  };
  const offer = (word, score) => ({caption: word.name + (word.arguments?.length && word.kind === 'function' ? '(' + word.arguments.join(', ') + ')' : ''), meta: word.type || word.kind || '', score,
    ...(word.snippet ? {snippet: word.snippet} : word.kind === 'verb' ? {snippet: word.example.replace(/\$/g, '\\$') + ';'} : word.kind === 'function' ? {snippet: snippet(word)} : {value: word.name}), word});

  return {
    identifierRegexps: [/[\w.$]/],
    getCompletions(editor, session, position, prefix, done) {
      const before = session.getLine(position.row).slice(0, position.column);
      if (/^\s*\/\//.test(before) || (before.match(/"/g) || []).length % 2) return done(null, []);
      const where = part(session, position);
      done(null, where === 'when' ? [...facts.map(word => offer(word, 100)), ...operators.map(word => offer(word, 10))]
        : where === 'then' ? verbs.map(word => offer(word, 100)) : where === 'end' ? [offer(skeleton, 100)] : []);
    },
    getDocTooltip(item) {
      if (!item.word) return;
      const help = document.createElement('div');
      [item.word.description, item.word.example].filter(Boolean).forEach(text => help.appendChild(document.createElement('p')).textContent = text);
      item.docHTML = help.innerHTML;
    }
  };
};
