/** What the page does: search, filter, sort. Without it everything can be read, in the order of the templates. */
export const SCRIPT = `
(function () {
  'use strict';
  var body = document.querySelector('#resources tbody');
  if (!body) { return; }
  var rows = Array.prototype.slice.call(body.rows).map(function (row) {
    return { row: row, text: row.textContent.toLowerCase(), data: row.dataset };
  });
  var search = document.getElementById('search');
  var selects = Array.prototype.slice.call(document.querySelectorAll('.controls select'));
  var count = document.getElementById('count');
  var more = document.getElementById('more');
  // A browser takes long to lay out thousands of rows at each letter.
  var LIMIT = 100;
  var limit = LIMIT;
  function fits(entry, words) {
    for (var i = 0; i < words.length; i++) { if (entry.text.indexOf(words[i]) < 0) { return false; } }
    for (var j = 0; j < selects.length; j++) {
      var wanted = selects[j].value;
      if (wanted === '') { continue; }
      var has = entry.data[selects[j].name] || '';
      if (selects[j].name === 'controls' ? (' ' + has + ' ').indexOf(' ' + wanted + ' ') < 0 : has !== wanted) { return false; }
    }
    return true;
  }
  function filter() {
    var words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    var found = 0;
    rows.forEach(function (entry) {
      var show = fits(entry, words) && ++found <= limit;
      if (entry.row.hidden === show) { entry.row.hidden = !show; }
    });
    count.textContent = found + ' of ' + rows.length + ' resources' + (found > limit ? ', the first ' + limit + ' shown' : '');
    more.hidden = found <= limit;
  }
  function anew() { limit = LIMIT; filter(); }
  function all() { limit = Infinity; filter(); }
  search.addEventListener('input', anew);
  selects.forEach(function (select) { select.addEventListener('change', anew); });
  more.addEventListener('click', all);
  Array.prototype.forEach.call(document.querySelectorAll('#resources thead button'), function (button, column) {
    button.addEventListener('click', function () {
      var head = button.parentNode;
      var up = head.getAttribute('aria-sort') !== 'ascending';
      Array.prototype.forEach.call(head.parentNode.cells, function (cell) { cell.removeAttribute('aria-sort'); });
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      var key = function (entry) { return entry.row.cells[column].textContent; };
      rows.sort(function (a, b) { return (up ? 1 : -1) * key(a).localeCompare(key(b), 'en', { numeric: true }); });
      rows.forEach(function (entry) { body.appendChild(entry.row); });
      filter();
    });
  });
  // The picture leads to rows.
  function target() {
    var row = /^#r\\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (row && row.hidden) { row.hidden = false; row.scrollIntoView(); }
  }
  window.addEventListener('hashchange', target);
  window.addEventListener('beforeprint', function () {
    all();
    Array.prototype.forEach.call(document.querySelectorAll('details'), function (each) { each.open = true; });
  });
  document.querySelector('.controls').hidden = false;
  filter();
  target();
})();
`.trim();
