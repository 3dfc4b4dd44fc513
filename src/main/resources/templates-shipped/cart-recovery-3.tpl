name: Cart recovery 3: with a discount
channel: email
type: marketing
category: cart-recovery
subject: {{#if discountCode}}Something off your basket, from us{{else}}Last call for your basket{{/if}}
preheader: {{#if discountCode}}Your code: {{discountCode}}. It works once.{{else}}After this we put everything back on the shelf.{{/if}}
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">{{#if discountCode}}A little something to help you decide{{else}}Shall we put it back on the shelf?{{/if}}</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, this is the last time we write about this basket, promised.</p>
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
<div style="height:22px;line-height:22px;">&nbsp;</div>{{#if discountCode}}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 22px;"><tr><td class="wash" align="center" style="background:#eaf3ee;border-radius:12px;padding:20px 16px;">
  <p class="soft" style="margin:0 0 6px;font-size:14px;line-height:20px;color:#56605a;">Your code, to be given at the checkout</p>
  <p class="ink" style="margin:0 0 6px;font-family:'SF Mono',Menlo,Consolas,monospace;font-size:24px;line-height:30px;letter-spacing:2px;font-weight:bold;color:#20231f;">{{discountCode}}</p>
  <p class="soft" style="margin:0;font-size:14px;line-height:20px;color:#56605a;">Good once, until {{date discountExpiresAt "EEEE d MMMM" customer.timeZone}}</p>
</td></tr></table>{{/if}}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{cart.restoreUrl}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">{{#if discountCode}}Use it on my basket{{else}}Back to my basket{{/if}}</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">After this we put everything back on the shelf.</p>
