name: VIP 2: come and taste
channel: email
type: marketing
category: vip
subject: Come and taste, before anybody else
preheader: The cellar is open for a dozen people. You’d be one.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">The cellar door is open</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, on the first Saturday of each month we open the cellar for a dozen people. You taste what isn’t for sale yet, and say what should be.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Tell us by answering this mail which month suits you; bring somebody who likes cheese. If the polder is too far, we send you the tasting board instead.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">See what ripens at the moment</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">Twelve places, and the bus stops at the gate.</p>
