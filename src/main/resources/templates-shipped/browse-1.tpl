name: Browse abandonment 1: what you looked at
channel: email
type: marketing
category: browse
subject: You were looking at something, {{default customer.firstName "friend"}}
preheader: Here it is again, in case the door bell rang.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">Still on the shelf</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, you looked around in the shop and left with empty hands. That’s what looking is for. If you want to go on where you were:</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;margin:6px 0 4px;">
{{#each recommended.products limit=3}}<tr>
  <td class="line ink text" style="padding:13px 0;border-top:1px solid #ece7dc;font-size:16px;line-height:22px;color:#34372f;"><a href="{{url}}" style="color:#1f6f5c;">{{name}}</a></td>
  <td class="line ink" align="right" valign="top" style="padding:13px 0;border-top:1px solid #ece7dc;font-size:16px;line-height:22px;color:#34372f;white-space:nowrap;">{{money price currency}}</td>
</tr>{{/each}}
</table>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">Back to the shop</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">If it was nothing for you, there’s nothing to do.</p>
