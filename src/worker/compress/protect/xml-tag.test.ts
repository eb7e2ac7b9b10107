import { describeRule } from './test-rule.js';
import { xmlTag } from './xml-tag.js';

describeRule(xmlTag, [
  '⟦<context>⟧some text⟦</context>⟧ ⟦<ns:a-b.c id="1" b=\'2\' c=3 disabled/>⟧',
  'a word⟦<br>⟧glued, ⟦<b>⟧bold⟦</b>⟧er, x⟦<a href="b>c">⟧d⟦</a>⟧ ⟦<br/>⟧⟦<img src=a.png>⟧',
  '⟦<?xml version="1.0"?>⟧⟦<!DOCTYPE html>⟧⟦<!-- a <b> note -->⟧⟦<![CDATA[ a < b ]]>⟧',
  '⟦<|im_start|>⟧user',
  'if a < b and c > d, or a <b and c> d, or a<b && c>d',
  'List<String> and vector<int> and Map<String, Integer>',
  'Bob <bob@example.com> at <https://example.com/a> said <3 and <- and <>',
  "I <really don't know why it's> so",
  'cut <a href="b',
  'cut <b and ⟦<i>⟧whole⟦</i>⟧',
  '⟦<div\n  class="a"\n  @click="b"\n>⟧',
]);
