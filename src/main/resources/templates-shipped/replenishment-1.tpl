name: Replenishment 1: running low?
channel: email
type: marketing
category: replenishment
subject: Running low, {{default customer.firstName "friend"}}?
preheader: It’s about the time you usually order. Your last basket is below.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">About time for a refill</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, by the days that usually lie between your orders, your fridge should be looking empty around now. {{#if lastOrder}}This is what you had last time:{{else}}Everything is fresh this morning.{{/if}}</p>
{{#if lastOrder}}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;margin:6px 0 4px;">
{{#each lastOrder.items limit=6}}<tr>
  <td class="line ink" style="padding:13px 0;border-top:1px solid #ece7dc;font-size:16px;line-height:22px;color:#34372f;">{{name}}</td>
  <td class="line ink" align="right" valign="top" style="padding:13px 0;border-top:1px solid #ece7dc;font-size:16px;line-height:22px;color:#34372f;white-space:nowrap;">{{quantity}} &times;</td>
</tr>{{/each}}
</table>{{/if}}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">Order again</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">Too early, or too often? {{#if links.preferences}}<a class="plain" href="{{links.preferences}}" style="color:#66645c;">Say how often</a> you want to hear from us.{{/if}}</p>
