name: Welcome 2: where to begin
channel: email
type: marketing
category: welcome
subject: Where would you begin?
preheader: Three things nearly everybody orders first.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">Three good places to begin</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, when people ask us what to try first, we say the same three things.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>Whole milk in the bottle.</strong> Not homogenised, so the cream rises. Shake it, or don’t.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>Set yogurt.</strong> It thickens in the pot you eat it from. Best on its third day.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>Young farmhouse cheese.</strong> Six weeks old, mild, and gone before you know it.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">See what’s fresh</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">Order before ten in the morning and it leaves the same day.</p>
