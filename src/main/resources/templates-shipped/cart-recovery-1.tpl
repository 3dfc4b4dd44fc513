name: Cart recovery 1: a reminder
channel: email
type: marketing
category: cart-recovery
subject: Your basket is still here, {{default customer.firstName "friend"}}
preheader: {{plural cart.itemCount "item" "items"}} for {{money cart.total cart.currency}}, kept cool for you.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">We kept your basket cool</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, you left something with us. Nothing is lost: it waits where you left it, on whichever device you open this.</p>
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
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{cart.restoreUrl}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">Go on with my basket</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">We deliver chilled, usually within two days. Something in the way? Just answer this mail.</p>
