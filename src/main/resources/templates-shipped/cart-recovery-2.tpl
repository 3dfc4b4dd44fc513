name: Cart recovery 2: why others buy
channel: email
type: marketing
category: cart-recovery
subject: Still thinking it over?
preheader: What is in your basket, and what happens if you don’t like it.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">Fresh this week, if you still want it</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, your basket is a day old now, which in a dairy is a long time. We milk in the morning, make in the afternoon and pack the next day, so what you get is always younger than your basket.</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;margin:6px 0 4px;">
{{#each cart.items}}<tr>
  <td class="line ink" style="padding:13px 0;border-top:1px solid #ece7dc;font-size:16px;line-height:22px;color:#34372f;">{{name}}<br><span class="soft" style="font-size:14px;color:#66645c;">{{quantity}} &times; {{money unitPrice ../cart.currency}}</span></td>
  <td class="line ink" align="right" valign="top" style="padding:13px 0;border-top:1px solid #ece7dc;font-size:16px;line-height:22px;color:#34372f;white-space:nowrap;">{{money lineTotal ../cart.currency}}</td>
</tr>{{/each}}
<tr>
  <td class="line ink" style="padding:14px 0 0;border-top:1px solid #cfc8b8;font-size:16px;line-height:22px;font-weight:600;color:#20231f;">Together</td>
  <td class="line ink" align="right" style="padding:14px 0 0;border-top:1px solid #cfc8b8;font-size:16px;line-height:22px;font-weight:600;color:#20231f;white-space:nowrap;">{{money cart.total cart.currency}}</td>
</tr>
</table>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{cart.restoreUrl}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">Take me to my basket</a></td></tr></table>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>If you don’t like it, you don’t pay for it.</strong> Tell us within fourteen days and we give you the money back. No form, no posting cheese around.</p>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">This is our second reminder of at most three.</p>
